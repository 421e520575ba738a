"""Reads pages of metrics with the parsers of Prometheus' Python client and answers a line of JSON for each.

A page comes as a line with its format and the number of its bytes, then the bytes.
"""
import json
import sys

from prometheus_client import parser as text
from prometheus_client.openmetrics import parser as openmetrics

PARSERS = {b"text": text, b"openmetrics": openmetrics}

while header := sys.stdin.buffer.readline():
    kind, length = header.split()
    page = sys.stdin.buffer.read(int(length))
    try:
        families = list(PARSERS[kind].text_string_to_metric_families(page.decode("utf-8")))
        answer = {
            "samples": [
                {"name": sample.name, "labels": sample.labels, "value": repr(float(sample.value)), "exemplar": sample.exemplar is not None}
                for family in families
                for sample in family.samples
            ]
        }
    except Exception as fault:
        answer = {"fault": f"{type(fault).__name__}: {fault}"}
    print(json.dumps(answer), flush=True)
