"""Writes answer-scores.jsonl: what the official evaluations of SQuAD 2.0 and CMRC 2018 give for the pairs below.

Run with nltk 3: python answer-scores.py evaluate-v2.0.py cmrc2018_evaluate.py > answer-scores.jsonl
The scripts are those of SQuAD (rajpurkar.github.io/SQuAD-explorer, version 2.0) and of github.com/ymcui/cmrc2018
(squad-style-data/cmrc2018_evaluate.py, v5), the second read as Python 3 here. Its words between Chinese characters are those of NLTK's
word tokeniser for one sentence, since the data of its splitter of sentences is no package.
"""
import json
import re
import sys
import types

from nltk.tokenize import NLTKWordTokenizer

PAIRS = {
    "en": [
        ("The Norman dynasty.", ["norman dynasty"]),
        ("in in the North Sea", ["in North Sea region"]),
        ("10th century", ["in the 10th century", "10th century"]),
        ("It was built in 1998, they say.", ["1998"]),
        ("", ["x"]),
        ("", []),
        ("nobody knows", []),
        ("the", [""]),
        ("An answer: a theory of the atom", ["theory of atom"]),
        ("state-of-the-art", ["state of the art", "stateoftheart"]),
        ("“Rollo”", ["Rollo"]),
        ("“Rollo” – the Viking", ["Rollo – Viking"]),
        ("St. Clair-sur-Epte", ["Saint Clair-sur-Epte"]),
        ("3,000", ["3000"]),
        ("3.5 %", ["3.5"]),
        ("$1.2 billion", ["1.2 billion dollars"]),
        ("o'clock", ["oclock"]),
        ("THE A AN", ["an"]),
        ("a an the", []),
        ("ÉCOLE  Normale", ["école\u00a0normale"]),
        ("théorie à la carte", ["théorie la carte"]),
        ("an-other the-ory", ["another theory"]),
        ("the theà", ["theà"]),
        ("two words two", ["two two two words"]),
        ("yes", ["no", "yes!", "yes yes"]),
        ("10\u201311", ["1011"]),
        ("new\nline\tand space", ["line and new space"]),
    ],
    "zh": [
        ("在鹿特丹附近。", ["鹿特丹"]),
        ("光荣和ω-force", ["光荣和ω-force"]),
        ("由光荣和 ω force 合作开发", ["光荣和ω-force"]),
        ("《战国无双3》", ["战国无双3"]),
        ("战国无双 3", ["战国无双3"]),
        ("", ["北京"]),
        ("北京，中国", ["中国北京"]),
        ("中国的首都是北京", ["首都北京", "北京是中国的首都"]),
        ("GPT-4 发布于2023年3月14日", ["2023年3月14日", "2023年"]),
        ("Hello World, it's don't can't", ["it's don't"]),
        ("Version 3.5, released in 1,000 copies.", ["3.5"]),
        ("Version 3.5, released in 1,000 copies.", ["1,000 copies"]),
        ("他说“你好”！", ["你好"]),
        ("上海……天津", ["上海天津"]),
        ("约翰·史密斯(John Smith)", ["John Smith"]),
        ("约翰·史密斯（John Smith）", ["约翰史密斯"]),
        ("Microsoft Corporation (MSFT) $5.3", ["msft"]),
        ("U.S. Army", ["u.s. army"]),
        ("the end.", ["end"]),
        ("what?! no; really", ["really"]),
        ("A&B [c] {d} <e> #1 @x 5%", ["5%"]),
        ("dogs' tails", ["dogs"]),
        ("we'll see, they've gone, I'm here", ["they've gone"]),
        ("一二三四五六七", ["二三五六七", "四五"]),
        ("1998年至2003年", ["1998年~2003年"]),
        ("是", ["否", "是"]),
        ("㐂字", ["㐂"]),
        ("wait... what", ["what"]),
        ("北纬40 °15—40\u00a0°30", ["40 °30"]),
    ],
}


def load(path, edits=()):
    source = open(path, encoding="utf-8").read()
    for old, new in edits:
        source = re.sub(old, new, source)
    module = types.ModuleType("official")
    nltk = types.ModuleType("nltk")
    nltk.word_tokenize = NLTKWordTokenizer().tokenize
    sys.modules["nltk"] = nltk
    sys.modules.setdefault("numpy", types.ModuleType("numpy"))
    exec(compile(source, path, "exec"), module.__dict__)
    return module


squad = load(sys.argv[1])
cmrc = load(
    sys.argv[2],
    [(r"reload\(sys\)\n.*\n", ""), (r"\.decode\('utf-8'\)", ""), (r"ur'", "r'")],
)


def scores(language, answer, gold):
    if language == "zh":
        return cmrc.calc_em_score(gold, answer), cmrc.calc_f1_score(gold, answer)
    data = [{"paragraphs": [{"qas": [{"id": "1", "answers": [{"text": each} for each in gold]}]}]}]
    exact, f1 = squad.get_raw_scores(data, {"1": answer})
    return exact["1"], f1["1"]


if __name__ == "__main__":
    for language, pairs in PAIRS.items():
        for answer, gold in pairs:
            exact, f1 = scores(language, answer, gold)
            row = {"language": language, "answer": answer, "gold": gold, "exact": exact, "f1": f1}
            print(json.dumps(row, ensure_ascii=False))
