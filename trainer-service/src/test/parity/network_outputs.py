"""Writes what each network should answer, computed by PyTorch, for NetworkParityTest.

Both sides fill every weight by the formula below, from the tensor's name and shape as a weights file has them, and feed
the same input; so agreement says that names, layouts, paddings, strides, epsilons and the order of the layers agree.
ResNet-50 is torchvision's own; the others are written here from the papers, over nothing but torch.nn.functional.

    python -m venv /tmp/parity && /tmp/parity/bin/pip install torch==2.13.0 torchvision==0.28.0
    /tmp/parity/bin/python network_outputs.py ../resources/network-outputs.json
"""

import json
import math
import sys
import zlib

import numpy as np
import torch
import torch.nn.functional as F
import torchvision

CLASSES = 5
IMAGES = 2
SIDE = 64


def uniform(name, count):
    """count numbers in [0, 1): a hash of the name's CRC-32 and the index, in 32-bit arithmetic."""
    x = (np.arange(count, dtype=np.uint64) * 2654435761 + zlib.crc32(name.encode())) & 0xFFFFFFFF
    for _ in range(2):
        x = ((x ^ (x >> np.uint64(16))) * 0x45D9F3B) & 0xFFFFFFFF
    return (x ^ (x >> np.uint64(16))) / 2.0**32


def tensor(name, shape):
    """Filters and matrices of variance 1.5 / fan-in, with which signals neither vanish nor explode in any of the
    networks; the rest near its usual value."""
    u = uniform(name, math.prod(shape))
    if len(shape) > 1:
        values = (2 * u - 1) * math.sqrt(4.5 / math.prod(shape[1:]))
    elif name.endswith(("var", "variance")):
        values = 0.5 + u
    elif name.endswith(("gamma", "scale")) or (name.endswith("weight") and len(shape) == 1):
        values = 0.75 + 0.5 * u
    else:
        values = 0.2 * u - 0.1
    return torch.from_numpy(values.astype(np.float32)).reshape(shape)


def input_images(side):
    """[N, 3, s, s] in -1..1; the formula counts as TensorFlow does, [N, s, s, 3]."""
    values = 2 * uniform("input", IMAGES * side * side * 3) - 1
    return torch.from_numpy(values.astype(np.float32)).reshape(IMAGES, side, side, 3).permute(0, 3, 1, 2)


def convolve(x, name, out, kernel, stride=1, groups=1):
    weight = tensor(name, (out, x.shape[1] // groups, kernel, kernel))
    return F.conv2d(x, weight, stride=stride, padding=kernel // 2, groups=groups)


def normalise(x, names, epsilon):
    """names: of scale, shift, mean and variance"""
    scale, shift, mean, variance = (tensor(name, (x.shape[1],)) for name in names)
    return F.batch_norm(x, mean, variance, scale, shift, training=False, eps=epsilon)


def dense(x, matrix, bias, out):
    return F.linear(x, tensor(matrix, (out, x.shape[1])), tensor(bias, (out,)))


def convnet(x, width=8, kernel=3, batch_normalised=True):
    """Six convolutions in three pairs, each pair halved by max pooling; two dense layers over [height, width, channel]."""

    def finish(x, name):
        if batch_normalised:
            x = normalise(x, [f"{name}.{part}" for part in ("scale", "shift", "mean", "variance")], 1e-3)
        else:
            x = x + tensor(f"{name}.shift", (x.shape[1],)).reshape(1, -1, 1, 1)
        return F.relu(x)

    for pair in range(3):
        for layer in (1, 2):
            name = f"convolution{2 * pair + layer}"
            x = finish(convolve(x, f"{name}.filter", width * 2**pair, kernel), name)
        activations = x
        x = F.max_pool2d(x, 2)
    x = x.permute(0, 2, 3, 1).flatten(1)
    x = F.linear(x, tensor("dense1.matrix", (128, x.shape[1])))
    x = finish(x[:, :, None, None], "dense1")[:, :, 0, 0]
    return activations, dense(x, "dense2.matrix", "dense2.bias", CLASSES)


def head_of_fewer_stages(activations, name, norm, matrix, bias):
    """Where stages are left out, features are means over all and over the middle, and are normalised before they are weighed;
    norm: suffixes of scale, shift, mean, variance."""
    a_quarter = activations.shape[2] // 4
    middle = F.pad(activations, (-a_quarter,) * 4)
    features = torch.cat([x.mean(dim=(2, 3), keepdim=True) for x in (activations, middle)], dim=1)
    features = normalise(features, [f"{name}{suffix}" for suffix in norm], 1e-5)
    return dense(features.flatten(1), matrix, bias, CLASSES)


def resnet50(x, stages=4):
    """torchvision's, its state replaced by the formula."""
    network = torchvision.models.resnet50(num_classes=CLASSES).eval()
    state = network.state_dict()
    for name, value in state.items():
        if value.dtype == torch.float32:
            state[name] = tensor(name, tuple(value.shape))
    network.load_state_dict(state)
    found = []
    last = getattr(network, f"layer{stages}")
    last.register_forward_hook(lambda module, inputs, output: found.append(output))
    logits = network(x)
    if stages < 4:
        norm = (".weight", ".bias", ".running_mean", ".running_var")
        logits = head_of_fewer_stages(found[0], "head", norm, "fc.weight", "fc.bias")
    return found[0], logits


GLUON = ("gamma", "beta", "running_mean", "running_var")


def resnet50v2(x, stages=4):
    """He et al., Identity Mappings in Deep Residual Networks, 2016, with the names of Gluon's resnet50_v2."""

    def norm(x, name):
        return normalise(x, [f"resnetv24_{name}_{part}" for part in GLUON], 1e-5)

    def conv(x, name, out, kernel, stride=1):
        return convolve(x, f"resnetv24_{name}_weight", out, kernel, stride)

    x = norm(x, "batchnorm0")
    x = F.relu(norm(conv(x, "conv0", 64, 7, 2), "batchnorm1"))
    x = F.max_pool2d(x, 3, 2, 1)
    for stage, blocks in enumerate((3, 4, 6, 3)[:stages], start=1):
        out = 128 * 2**stage
        conv_number = 0
        for block in range(blocks):
            numbers = [f"stage{stage}_batchnorm{3 * block + i}" for i in range(3)]
            stride = 2 if block == 0 and stage > 1 else 1
            shortcut = x
            y = F.relu(norm(x, numbers[0]))
            first = y
            y = conv(y, f"stage{stage}_conv{conv_number}", out // 4, 1)
            y = conv(F.relu(norm(y, numbers[1])), f"stage{stage}_conv{conv_number + 1}", out // 4, 3, stride)
            y = conv(F.relu(norm(y, numbers[2])), f"stage{stage}_conv{conv_number + 2}", out, 1)
            conv_number += 3
            if block == 0:
                shortcut = conv(first, f"stage{stage}_conv{conv_number}", out, 1, stride)
                conv_number += 1
            x = y + shortcut
    matrix, bias = "resnetv24_dense0_weight", "resnetv24_dense0_bias"
    if stages < 4:
        activations = F.relu(norm(x, f"stage{stages + 1}_batchnorm0"))
        norms = [f"_{part}" for part in GLUON]
        return activations, head_of_fewer_stages(activations, "resnetv24_head", norms, matrix, bias)
    activations = F.relu(norm(x, "batchnorm2"))
    return activations, dense(activations.mean(dim=(2, 3)), matrix, bias, CLASSES)


def mobilenetv2(x, rectify=F.relu):
    """Sandler et al., MobileNetV2, 2018, with the names of Gluon's mobilenet_v2_1_0, rectified as the ONNX model zoo's."""
    prefix = "mobilenetv20_features_"

    def conv_norm(x, conv, norm, out, kernel, stride=1, groups=1):
        x = convolve(x, f"{prefix}{conv}_weight", out, kernel, stride, groups)
        return normalise(x, [f"{prefix}{norm}_{part}" for part in GLUON], 1e-5)

    x = rectify(conv_norm(x, "conv0", "batchnorm0", 32, 3, 2))
    number = 0
    for expansion, out, blocks, stride in (
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)
    ):  # fmt: skip
        for block in range(blocks):
            name = f"linearbottleneck{number}_"
            number += 1
            step = stride if block == 0 else 1
            wide = x.shape[1] * expansion
            y = rectify(conv_norm(x, name + "conv0", name + "batchnorm0", wide, 1))
            y = rectify(conv_norm(y, name + "conv1", name + "batchnorm1", wide, 3, step, groups=wide))
            y = conv_norm(y, name + "conv2", name + "batchnorm2", out, 1)
            x = x + y if block > 0 else y
    activations = rectify(conv_norm(x, "conv1", "batchnorm1", 1280, 1))
    pooled = activations.mean(dim=(2, 3))
    return activations, dense(pooled, "mobilenetv20_output_pred_weight", "mobilenetv20_output_pred_bias", CLASSES)


def numbers(values):
    """A float32 needs no more than nine digits."""
    return [float(f"{value:.9g}") for value in values.flatten().tolist()]


def outputs(name, architecture, settings, side, network):
    images = input_images(side).requires_grad_()
    activations, logits = network(images)
    (gradient,) = torch.autograd.grad(logits[:, 0].sum(), images)
    activations = activations.detach().permute(0, 2, 3, 1)
    gradient = gradient.permute(0, 2, 3, 1)
    print(name, "activations", tuple(activations.shape), "mean", activations.mean().item(),
          "max", activations.max().item(), "logits", logits[0].tolist(), "gradient", gradient.abs().max().item())  # fmt: skip
    return {
        "name": name,
        "architecture": architecture,
        "hyperparameters": {"inputSize": side, **settings},
        "logits": numbers(logits),
        "activationsShape": list(activations.shape),
        "meanActivation": activations.double().mean().item(),
        # the first channels of the last image's corner opposite to where counting starts
        "activations": numbers(activations[-1, -1, -1, :16]),
        # of the first logit, at the last image's last row
        "gradient": numbers(gradient[-1, -1]),
    }


if __name__ == "__main__":
    results = [
        outputs("convnet", "convnet", {"width": 8}, 32, convnet),
        outputs("convnet, kernel 5, not normalised", "convnet", {"width": 8, "kernel": 5, "normalisation": "none"}, 32,
                lambda x: convnet(x, kernel=5, batch_normalised=False)),  # fmt: skip
        outputs("resnet50", "resnet50", {}, SIDE, resnet50),
        outputs("resnet50 of three stages", "resnet50", {"stages": 3}, SIDE, lambda x: resnet50(x, 3)),
        outputs("resnet50 of two stages", "resnet50", {"stages": 2}, SIDE, lambda x: resnet50(x, 2)),
        outputs("resnet50v2", "resnet50v2", {}, SIDE, resnet50v2),
        outputs("resnet50v2 of three stages", "resnet50v2", {"stages": 3}, SIDE, lambda x: resnet50v2(x, 3)),
        outputs("resnet50v2 of two stages", "resnet50v2", {"stages": 2}, SIDE, lambda x: resnet50v2(x, 2)),
        outputs("mobilenetv2", "mobilenetv2", {}, SIDE, mobilenetv2),
    ]
    with open(sys.argv[1], "w") as file:
        lines = ",\n".join(json.dumps(result) for result in results)
        file.write(f'{{"networks": [\n{lines}\n]}}\n')
