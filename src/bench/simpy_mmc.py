"""M/M/10 in SimPy: the same model that Breakwater plays, with the same hops and the same timeouts.

A caller issues requests as a Poisson stream. Each request goes over a wire, waits for one of ten workers, is worked
on, and comes back over the wire. The caller keeps two deadlines: for the call, and for the request as a whole.

    simpy_mmc.py processes|callbacks SIMULATED_SECONDS

prints one JSON object: requests served, wall seconds, and the median latency in milliseconds.
"""

import json
import random
import sys
import time
from collections import deque

import simpy

RATE = 400.0
WORK_SECONDS = 0.020
WORKERS = 10
HOP_SECONDS = 0.0005
CALL_SECONDS = 5.0
REQUEST_SECONDS = 10.0


def play_processes(seconds, dice):
    env = simpy.Environment()
    workers = simpy.Resource(env, capacity=WORKERS)
    latencies = []

    def work():
        yield env.timeout(HOP_SECONDS)
        with workers.request() as worker:
            yield worker
            yield env.timeout(dice.expovariate(1 / WORK_SECONDS))
        yield env.timeout(HOP_SECONDS)

    def call():
        yield env.process(work()) | env.timeout(CALL_SECONDS)

    def request():
        issued = env.now
        answered = env.process(call())
        yield answered | env.timeout(REQUEST_SECONDS)
        if answered.processed:
            latencies.append(env.now - issued)

    def caller():
        while True:
            yield env.timeout(dice.expovariate(RATE))
            env.process(request())

    env.process(caller())
    env.run(until=seconds)
    return latencies


def play_callbacks(seconds, dice):
    env = simpy.Environment()
    latencies = []
    queue = deque()
    free = WORKERS

    def after(delay, act):
        env.timeout(delay).callbacks.append(act)

    class Request:
        __slots__ = ("issued", "open")

        def __init__(self):
            self.issued = env.now
            self.open = True
            after(REQUEST_SECONDS, self.give_up)
            after(CALL_SECONDS, self.give_up)
            after(HOP_SECONDS, self.arrive)

        def give_up(self, _):
            self.open = False

        def arrive(self, _):
            nonlocal free
            if free > 0:
                free -= 1
                after(dice.expovariate(1 / WORK_SECONDS), self.worked)
            else:
                queue.append(self)

        def worked(self, _):
            nonlocal free
            if queue:
                after(dice.expovariate(1 / WORK_SECONDS), queue.popleft().worked)
            else:
                free += 1
            after(HOP_SECONDS, self.answered)

        def answered(self, _):
            if self.open:
                self.open = False
                latencies.append(env.now - self.issued)

    def issue(_):
        Request()
        after(dice.expovariate(RATE), issue)

    after(dice.expovariate(RATE), issue)
    env.run(until=seconds)
    return latencies


def main():
    style, seconds = sys.argv[1], float(sys.argv[2])
    play = {"processes": play_processes, "callbacks": play_callbacks}[style]
    began = time.perf_counter()
    latencies = play(seconds, random.Random(1))
    wall = time.perf_counter() - began
    latencies.sort()
    print(json.dumps({"served": len(latencies), "wallSeconds": wall, "p50Ms": latencies[len(latencies) // 2] * 1000}))


main()
