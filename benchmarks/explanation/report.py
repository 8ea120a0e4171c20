"""Makes a table and the RESULT line of what ExplainMaps and captum_maps.py printed in several rounds."""

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

    print(f"{'method':22} {'':12} {'setting':42} {'maps/s':>9} {'lowest':>9} {'highest':>9}")
    results = []
    for method in METHODS:
        ours = speeds["karyoflow", method, "default"]
        theirs = {key: speed for key, speed in speeds.items() if key[:2] == ("captum", method)}
        best = max(theirs, key=theirs.get)
        for key in [("karyoflow", method, "default"), ("captum", method, "default"), best]:
            low, high = min(rounds[key]), max(rounds[key])
            print(f"{method:22} {key[0]:12} {key[2]:42} {speeds[key]:9.1f} {low:9.1f} {high:9.1f}")
        default = theirs["captum", method, "default"]
        print(f"{method:22} {ours / default:.2f} times Captum's default, {ours / theirs[best]:.2f} times its best")
        results.append(f"{method}_ratio={ours / theirs[best]:.2f}")
    print("RESULT " + " ".join(results))


if __name__ == "__main__":
    main(sys.stdin)
