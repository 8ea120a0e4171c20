"""Writes what Captum says of a small network, for the Java tests to compare with.

    python3 -m venv VENV && VENV/bin/pip install torch captum numpy
    VENV/bin/python captum_maps.py ../resources/parity/captum.json

Weights, inputs and noise come from formulas that SmallConvNet.java and ParityFixture.java repeat, all of them counted in
the order height, width, channel. Numbers have 8 significant digits. Made with captum 0.9.0 and torch 2.13.0, in float64,
so that the file holds no rounding errors of its own.
"""

import json
import sys
import warnings

import captum
import numpy as np
import torch
from captum.attr import (
    InputXGradient,
    IntegratedGradients,
    LayerAttribution,
    LayerGradCam,
    NoiseTunnel,
    Occlusion,
    Saliency,
)
from captum.metrics import infidelity, infidelity_perturb_func_decorator, sensitivity_max
from torch.nn import Conv2d, Flatten, Linear, ReLU, Sequential

HEIGHT, WIDTH, CHANNELS = 7, 5, 3
SIZE = HEIGHT * WIDTH * CHANNELS
RULES = ["gausslegendre", "riemann_left", "riemann_right", "riemann_middle", "riemann_trapezoid"]
GRADIENT_METHODS = {
    "saliency": Saliency,
    "input_x_gradient": InputXGradient,
    "integrated_gradients": IntegratedGradients,
}


def wave(count, frequency, phase, amplitude):
    return amplitude * np.sin(frequency * np.arange(count) + phase)


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


class SmallConvNet(torch.nn.Module):
    """Two convolutions with ReLU and a dense layer; flattens as height, width, channel."""

    def __init__(self):
        super().__init__()
        self.convolutions = Sequential(
            Conv2d(CHANNELS, 4, 3, padding=1), ReLU(), Conv2d(4, 5, 3, stride=2, padding=1), ReLU()
        )
        self.dense = Sequential(Flatten(), Linear(4 * 3 * 5, 3))
        self.double()
        self.weigh(self.convolutions[0], (3, 3, CHANNELS, 4), 12.9898, 0.5, 0.4)
        self.weigh(self.convolutions[2], (3, 3, 4, 5), 7.233, 0.2, 0.4)
        dense = wave(4 * 3 * 5 * 3, 4.1414, 0.1, 0.5).reshape(4 * 3 * 5, 3)
        self.dense[1].weight.data = tensor(dense.T.copy())
        self.dense[1].bias.data = tensor(wave(3, 1, 0.3, 0.1))

    @staticmethod
    def weigh(convolution, shape, frequency, phase, amplitude):
        weights = wave(int(np.prod(shape)), frequency, phase, amplitude).reshape(shape)
        convolution.weight.data = tensor(weights.transpose(3, 2, 0, 1).copy())
        convolution.bias.data = tensor(wave(shape[3], 1, 0.3, 0.1))

    def forward(self, x):
        return self.dense(self.convolutions(x).permute(0, 2, 3, 1))


net = SmallConvNet()


def nchw(values):
    """[N * height * width * channels] as a tensor [N, channels, height, width]."""
    return tensor(np.asarray(values).reshape(-1, HEIGHT, WIDTH, CHANNELS).transpose(0, 3, 1, 2).copy())


def nhwc(maps):
    return maps.detach().numpy().transpose(0, 2, 3, 1).reshape(-1)


# as float32, in which the Java side has them
INPUTS = [nchw(wave(SIZE, 3.77 + image, 0.3, 0.9).astype(np.float32)) for image in range(2)]
GIVEN = np.round(wave(SIZE, 5.31, 0.7, 0.5), 2)
COLOUR = [0.25, -0.5, 0.75]


def standard_normal(sample):
    """Mean 0, standard deviation 1; not Gaussian, but both sides can compute it."""
    return nchw(np.sqrt(2) * np.sin(1.7 * (sample * SIZE + np.arange(SIZE)) + 0.4))[0]


def fed_in_normal(_, stdevs):
    """Instead of torch.normal in the noise tunnel, which explains one input at a time here."""
    noise = torch.stack([standard_normal(sample) for sample in range(stdevs.shape[0])])
    return stdevs.double() * noise


def blurred(image, sigma):
    radius = int(np.ceil(3 * sigma))
    kernel = np.exp(-((np.arange(-radius, radius + 1) / sigma) ** 2) / 2)
    kernel /= kernel.sum()
    values = image.numpy()
    for axis in (3, 2):
        padding = [(0, 0)] * 4
        padding[axis] = (radius, radius)
        padded = np.pad(values, padding, mode="edge")
        values = sum(
            weight * np.take(padded, range(k, k + values.shape[axis]), axis) for k, weight in enumerate(kernel)
        )
    return tensor(values)


def baseline(option, image):
    if option == "zero":
        return 0
    if option == "white":
        return 1
    if option == "mean_colour":
        return image.mean(dim=(2, 3), keepdim=True).expand_as(image)
    if option == "blurred:1.5":
        return blurred(image, 1.5)
    if option == COLOUR:
        return tensor(COLOUR).reshape(1, 3, 1, 1).expand_as(image)
    if isinstance(option, list):
        return nchw(np.float32(option))
    return option


def forward(target):
    """The target's score: one logit, or the difference of two."""

    def score(x):
        logits = net(x)
        return logits[:, target[0]] - (logits[:, target[1]] if len(target) > 1 else 0)

    return score


def gradient_method(name, options, score):
    if name == "integrated_gradients":
        return IntegratedGradients(score, multiply_by_inputs=options.get("multiply_by_inputs", True))
    return GRADIENT_METHODS[name](score)


def arguments(name, options, image):
    """The options that Captum takes at the call."""
    given = {key: options[key] for key in ("abs", "n_steps", "method") if key in options}
    if "baselines" in options:
        given["baselines"] = baseline(options["baselines"], image)
    return given


def attribute(name, options, target, image):
    """Captum's map, and its convergence delta where there is one."""
    score = forward(target)
    if name in GRADIENT_METHODS:
        method = gradient_method(name, options, score)
        given = arguments(name, options, image)
        if name == "integrated_gradients" and options.get("multiply_by_inputs", True):
            maps, delta = method.attribute(image, return_convergence_delta=True, **given)
            return maps, delta.item()
        return method.attribute(image, **given), None
    if name in ("smoothgrad", "smoothgrad_sq", "vargrad"):
        inside = options.get("attribution_method", "saliency")
        stdevs = options.get("stdevs", 1.0)
        if options.get("stdevs_relative", False):
            stdevs *= (image.max() - image.min()).item()
        tunnel = NoiseTunnel(gradient_method(inside, options, score))
        given = arguments(inside, options, image)
        samples = options.get("nt_samples", 5)
        return tunnel.attribute(image, nt_type=name, nt_samples=samples, stdevs=stdevs, **given), None
    if name == "occlusion":
        maps = Occlusion(score).attribute(
            image,
            sliding_window_shapes=tuple(options["sliding_window_shapes"]),
            strides=tuple(options["strides"]) if "strides" in options else None,
            baselines=baseline(options.get("baselines", 0), image),
            perturbations_per_eval=8,
        )
        return maps, None
    relu = options.get("relu_attributions", False)
    coarse = LayerGradCam(score, net.convolutions[3]).attribute(image, relu_attributions=relu)
    return LayerAttribution.interpolate(coarse, (HEIGHT, WIDTH), interpolate_mode="bilinear"), None


def map_cases():
    yield "saliency", {}, [0]
    yield "saliency", {"abs": False}, [1]
    yield "saliency", {"abs": False}, [2, 0]
    yield "input_x_gradient", {}, [2]
    yield "input_x_gradient", {}, [1, 2]
    for rule in RULES:
        for multiply in (True, False):
            for start in ("zero", COLOUR):
                options = {"method": rule, "n_steps": 12, "multiply_by_inputs": multiply, "baselines": start}
                yield "integrated_gradients", options, [1]
    yield "integrated_gradients", {}, [0]
    yield "integrated_gradients", {}, [0, 2]
    for start in ("white", "mean_colour", "blurred:1.5", -0.3, GIVEN.tolist()):
        yield "integrated_gradients", {"baselines": start}, [2]
    for kind in ("smoothgrad", "smoothgrad_sq", "vargrad"):
        yield kind, {}, [0]
        yield kind, {"stdevs": 0.15, "stdevs_relative": True, "nt_samples": 8}, [1]
        yield kind, {"stdevs": 0.3, "abs": False, "attribution_method": "saliency"}, [2]
        yield kind, {"stdevs": 0.3, "attribution_method": "input_x_gradient"}, [0, 1]
        inside = {"attribution_method": "integrated_gradients", "n_steps": 6, "method": "riemann_middle"}
        yield kind, {"stdevs": 0.2, "nt_samples": 3, **inside}, [1]
    for window, strides in (
        ([3, 1, 1], None),
        ([3, 3, 2], [3, 2, 1]),
        ([3, 3, 3], [3, 3, 3]),
        ([1, 2, 2], None),
        ([2, 4, 3], [1, 3, 2]),
    ):
        options = {"sliding_window_shapes": window} | ({"strides": strides} if strides else {})
        yield "occlusion", options, [0]
    for start in ("white", "mean_colour", "blurred:1.5", COLOUR, GIVEN.tolist()):
        yield "occlusion", {"sliding_window_shapes": [3, 3, 2], "strides": [3, 2, 2], "baselines": start}, [1]
    yield "occlusion", {"sliding_window_shapes": [3, 2, 2]}, [2, 1]
    yield "grad_cam", {}, [0]
    yield "grad_cam", {"relu_attributions": True}, [1]
    yield "grad_cam", {}, [1, 0]


def gaussian(inputs):
    noise = torch.stack([0.1 * standard_normal(sample) for sample in range(inputs.shape[0])])
    return noise, inputs - noise


def hidden_rows(inputs):
    """Sample s has row s mod height at 0."""
    hidden = inputs.clone()
    for sample in range(inputs.shape[0]):
        hidden[sample, :, sample % HEIGHT] = 0
    return hidden


def within_ball(inputs, radius):
    moved = [radius / np.sqrt(2) * standard_normal(sample) for sample in range(inputs.shape[0])]
    return inputs + torch.stack(moved)


def metric_cases():
    for name, options, target in (
        ("saliency", {"abs": False}, [0]),
        ("input_x_gradient", {}, [1]),
        ("integrated_gradients", {}, [2]),
        ("integrated_gradients", {"multiply_by_inputs": False}, [0, 1]),
        ("occlusion", {"sliding_window_shapes": [3, 3, 2]}, [1]),
    ):
        image = INPUTS[1]
        maps, _ = attribute(name, options, target, image)
        whole = {"input_x_gradient", "occlusion"}
        multiplies = name in whole or name == "integrated_gradients" and options.get("multiply_by_inputs", True)
        rows = infidelity_perturb_func_decorator(multiplies)(hidden_rows)
        case = {"method": name, "options": options, "target": target}
        for normalize in (False, True):
            suffix = "_normalized" if normalize else ""
            for kind, perturb in (("gaussian", gaussian), ("hidden_rows", rows)):
                value = infidelity(forward(target), perturb, image, maps, normalize=normalize)
                case[f"infidelity_{kind}{suffix}"] = digits(value.item())

        def explain(inputs):
            if isinstance(inputs, tuple):
                return (explain(inputs[0]),)
            return torch.cat([attribute(name, options, target, one)[0] for one in inputs.split(1)])

        case["sensitivity_max"] = digits(sensitivity_max(explain, image, perturb_func=within_ball).item())
        yield case


def digits(value):
    return float(f"{value:.8g}")


def main(path):
    warnings.filterwarnings("ignore", "Input Tensor")
    torch.normal = fed_in_normal
    maps = []
    for number, (name, options, target) in enumerate(map_cases()):
        values, delta = attribute(name, options, target, INPUTS[number % 2])
        case = {"method": name, "options": options, "target": target, "input": number % 2}
        case["values"] = [digits(value) for value in nhwc(values)]
        if delta is not None:
            case["convergence_delta"] = digits(delta)
        maps.append(case)
    logits = [[digits(logit) for logit in net(image)[0].tolist()] for image in INPUTS]
    result = {
        "made_with": f"captum {captum.__version__}, torch {torch.__version__.split('+')[0]}",
        "logits": logits,
        "maps": maps,
        "metrics": list(metric_cases()),
    }
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(result, separators=(",", ":")).replace('{"method"', '\n{"method"') + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
