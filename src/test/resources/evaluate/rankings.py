"""Writes rankings.jsonl: what trec_eval gives for seeded rankings and judgements, for RankingScoreTest.

Run with pytrec-eval-terrier 0.5 (which holds trec_eval 9): python rankings.py > rankings.jsonl
"""
import json
import random

import pytrec_eval

NAMES = {"recall_1": "recall1", "recall_5": "recall5", "recall_10": "recall10", "recip_rank": "reciprocalRank",
         "ndcg_cut_10": "ndcg10", "map": "averagePrecision"}
dice = random.Random(20)
for case in range(40):
    documents = [f"d{number}" for number in range(40)]
    judged = {each: dice.choice([0, 0, 1, 1, 2, 3]) for each in dice.sample(documents, dice.randint(1, 25))}
    judged[dice.choice(documents)] = 1
    ranked = dice.sample(documents, dice.choice([0, 1, 3, 10, 15, 40]))
    run = {each: float(100 - place) for place, each in enumerate(ranked)}
    found = pytrec_eval.RelevanceEvaluator({"q": judged}, {"recall.1,5,10", "recip_rank", "ndcg_cut.10", "map"})
    values = found.evaluate({"q": run or {"nowhere": 1.0}})["q"]
    print(json.dumps({"ranked": ranked, "relevant": judged} | {ours: values[name] for name, ours in NAMES.items()}))
