"""Makes a table and the RESULT line of what ExplainMaps and captum_maps.py printed in several rounds.

RESULT compares with Captum at the best batch size that was tried, in PyTorch's default layout of images in memory, which is
what its users get. The table has Captum's default, and its best in the other layout, too.
"""

import sys
from collections import defaultdict
from statistics import median

METHODS = ["occlusion", "saliency", "integrated_gradients", "smoothgrad"]


def main(lines):
    rounds = defaultdict(list)
    for line in lines:
        who, method, setting, speed = line.split()
        rounds[who, method, setting].append(float(speed))
    speeds = {key: median(values) for key, values in rounds.items()}

    print(f"{'method':22} {'':10} {'setting':38} {'maps/s':>9} {'lowest':>9} {'highest':>9} karyoflow is")
    results = []
    for method in METHODS:
        ours = speeds["karyoflow", method, "default"]
        theirs = {key: speed for key, speed in speeds.items() if key[:2] == ("captum", method)}
        relaid = {key: speed for key, speed in theirs.items() if "channels_last" in key[2]}
        default = ("captum", method, "default")
        best = max(theirs.keys() - relaid.keys(), key=theirs.get)
        best_relaid = max(relaid, key=relaid.get)
        for key in dict.fromkeys([("karyoflow", method, "default"), default, best, best_relaid]):
            low, high = min(rounds[key]), max(rounds[key])
            times = "" if key[0] == "karyoflow" else f"{ours / speeds[key]:7.2f} times"
            print(f"{method:22} {key[0]:10} {key[2]:38} {speeds[key]:9.1f} {low:9.1f} {high:9.1f} {times}")
        results.append(f"{method}_ratio={ours / theirs[best]:.2f}")
    print("RESULT " + " ".join(results))


if __name__ == "__main__":
    main(sys.stdin)
