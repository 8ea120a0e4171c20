"""The 8-layer ConvNet of trainer-service/.../network/ConvNet.java, in PyTorch: what the benchmarks hold ours against."""

from torch import nn

SIDE, WIDTH, CLASSES = 48, 16, 4


def block(channels_in, channels_out):
    return [
        nn.Conv2d(channels_in, channels_out, 3, padding=1, bias=False),
        nn.BatchNorm2d(channels_out, eps=1e-3),
        nn.ReLU(inplace=True),
    ]


def network(dropout=0.0):
    w = WIDTH
    layers = [*block(3, w), *block(w, w), nn.MaxPool2d(2)]
    layers += [*block(w, 2 * w), *block(2 * w, 2 * w), nn.MaxPool2d(2)]
    layers += [*block(2 * w, 4 * w), *block(4 * w, 4 * w), nn.MaxPool2d(2)]
    layers += [nn.Flatten(), nn.Dropout(dropout), nn.Linear((SIDE // 8) ** 2 * 4 * w, 128, bias=False)]
    layers += [nn.BatchNorm1d(128, eps=1e-3), nn.ReLU(inplace=True), nn.Dropout(dropout), nn.Linear(128, CLASSES)]
    return nn.Sequential(*layers)
