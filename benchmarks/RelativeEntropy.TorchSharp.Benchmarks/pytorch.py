"""The same divergence in eager PyTorch, for Program.cs: a line of a task comes in, the seconds that it took go out."""

import sys
import time

import torch


def tables(rows, classes, dtype, device, distance):
    a = torch.randn(rows, classes, dtype=dtype, device=device)
    b = torch.randn(rows, classes, dtype=dtype, device=device)
    return a, b if distance == 0 else b.mul_(distance).add_(a)


def divergence(a, b):
    log_p, log_q = a.log_softmax(-1), b.log_softmax(-1)
    return (log_p.exp() * (log_p - log_q)).sum(-1)


def run(a, b, gradient):
    if gradient:
        divergence(a, b).mean().backward()
        a.grad = b.grad = None
    else:
        with torch.no_grad():
            divergence(a, b)
    if a.is_cuda:
        torch.cuda.synchronize()


print(torch.__version__, flush=True)
made, pair = None, None
for line in sys.stdin:
    rows, classes, dtype, device, distance, gradient, threads = line.split()
    torch.set_num_threads(int(threads))
    if made != (rows, classes, dtype, device, distance):
        pair = None
        pair = tables(int(rows), int(classes), getattr(torch, dtype), device, float(distance))
        made = (rows, classes, dtype, device, distance)
    for table in pair:
        table.requires_grad_(gradient == "True")
    start = time.perf_counter()
    run(*pair, gradient == "True")
    print(time.perf_counter() - start, flush=True)
