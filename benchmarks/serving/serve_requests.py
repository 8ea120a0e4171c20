"""Labels images that come as Kafka records, with PyTorch on the CPU: the service that one would write in Python.

``serve_requests.py BOOTSTRAP REQUESTS ANSWERS BATCH THREADS`` takes up to BATCH records at a time from the topic REQUESTS,
those that are there, decodes them with Pillow, computes with THREADS threads, and answers in JSON with the key of the
request to the topic ANSWERS. Offsets are committed after the answers: a crash gives some answers twice. The network is that
of the inference service, with batch normalisation folded into the convolutions, which is how PyTorch is quickest.
"""

import io
import json
import sys

import numpy
import torch
from confluent_kafka import Consumer, Producer
from convnet import SIDE, network
from PIL import Image
from torch import nn

CLASSES = ["normal epithelial", "cancer epithelial", "muscle", "immune leukocyte"]


def probabilities_of(model, images):
    """[N, H, W, 3] bytes to N lists of a probability for each class."""
    planes = torch.from_numpy(numpy.stack(images)).permute(0, 3, 1, 2)
    small = nn.functional.interpolate(planes, size=(SIDE, SIDE), mode="bilinear", antialias=True)
    return model(small.to(torch.float32).div_(127.5).sub_(1)).softmax(1).tolist()


def decode(record):
    with Image.open(io.BytesIO(record.value())) as image:
        return numpy.asarray(image.convert("RGB"))


def take(consumer, batch):
    """What is there, at most so many; waits for the first."""
    first = consumer.poll(1.0)
    if first is None:
        return []
    records = [first, *consumer.consume(batch - 1, timeout=0)] if batch > 1 else [first]
    return [record for record in records if record.error() is None]


@torch.inference_mode()
def main(bootstrap, requests, answers, batch, threads):
    torch.manual_seed(0)
    torch.set_num_threads(threads)
    model = torch.jit.freeze(torch.jit.script(network().eval().to(memory_format=torch.channels_last)))
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": requests,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 0, "compression.type": "lz4"})
    consumer.subscribe([requests])
    while True:
        records = take(consumer, batch)
        if not records:
            continue
        for record, values in zip(records, probabilities_of(model, [decode(record) for record in records])):
            label = max(range(len(values)), key=values.__getitem__)
            answer = {"label": label, "className": CLASSES[label], "probabilities": dict(zip(CLASSES, values))}
            producer.produce(answers, key=record.key(), value=json.dumps(answer))
        producer.flush()
        consumer.commit(asynchronous=True)


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5]))
