"""Writes lasso.csv: scikit-learn's answer to what io.kvasir.attend.Lasso computes (LassoTest).

Run with scikit-learn 1.x: python lasso.py > lasso.csv. ContextCite's solver (context_cite/solver.py) is
StandardScaler followed by Lasso(alpha), coefficients divided by the scale and multiplied by the number of tokens.
Lines: "mask" is which of six sources a reading had (the fourth is always there) and ln p of the answer;
"weights" are the attributions at alpha .01 for an answer of seven tokens.
"""
import numpy as np
import sklearn
from sklearn.linear_model import Lasso
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

TOKENS = 7
random = np.random.default_rng(5)
masks = random.integers(0, 2, size=(24, 6))
masks[:, 3] = 1
logprobs = -18 + masks @ np.array([9.0, 0.2, -1.5, 3.0, 0.0, 4.0]) + random.normal(0, 0.6, 24)
logprobs = np.minimum(logprobs, -0.01)
outputs = (logprobs - np.log1p(-np.exp(logprobs))) / TOKENS
scaler, lasso = StandardScaler(), Lasso(alpha=0.01, random_state=0, tol=1e-12, max_iter=100000)
make_pipeline(scaler, lasso).fit(masks.astype(float), outputs)
print("# made by lasso.py with scikit-learn", sklearn.__version__)
for mask, logprob in zip(masks, logprobs):
    print("mask," + ",".join(map(str, mask)) + f",{logprob:.17g}")
print("weights," + ",".join(f"{w:.17g}" for w in lasso.coef_ / scaler.scale_ * TOKENS))
