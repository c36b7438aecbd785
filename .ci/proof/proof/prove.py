"""Proves one rule: measures the bad code and its remedies, and holds the figures against what the page claims."""

import sys
from importlib.util import module_from_spec, spec_from_file_location

from page import BAD, REMEDY

from .process import alone
from .project import project


def prove(page):
    """Returns the figures of a rule; the program ends here if its page claims what does not hold.

    Each measurement has a process of its own, so that its figures do not depend on what ran before.
    """
    bad, fixed = (
        [figures for n in range(len(page.pieces(title))) if (figures := alone(measure, page, title, n)) is not None]
        for title in (BAD, REMEDY)
    )
    for name, pieces in ("bad", bad), ("fixed", fixed):
        for figures in pieces:
            print(f"  {name:<6}", ", ".join(f"{k}: {v}" for k, v in figures.items() if k != "growth"), flush=True)
    alone(check, page, bad, fixed)
    remarks = alone(remark, page)
    for name, figure in remarks.items():
        print(f"  also   {name}: {figure}", flush=True)
    return {"bad": bad, "fixed": fixed, "remarks": remarks}


def load(page):
    """Returns proof.py of the page's folder as a module; Django has to be set up before."""
    spec = spec_from_file_location("rule_proof", page.proof)
    # Django finds by this name what a proof defines itself.
    proof = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(proof)
    return proof


def measure(page, title, n):
    with project():
        proof = load(page)
        try:
            module = page.module(title, n)
        except ImportError as error:
            if not hasattr(proof, "unloadable"):
                raise
            return proof.unloadable(f"ImportError: {error}")
        return proof.measure(module)


def remark(page):
    with project():
        return getattr(load(page), "remarks", dict)() or {}


def check(page, bad, fixed):
    with project():
        holds = load(page).check
        assert bad and fixed, "a page needs a measurement of its example and one of its remedy"
        for before in bad:
            for after in fixed:
                holds(before, after)
                assert not passes(holds, before, before), "the bad code passes as its own remedy"
                assert not passes(holds, after, after), "the remedy passes as bad code"


def passes(holds, bad, fixed):
    try:
        holds(bad, fixed)
    except AssertionError:
        return False
    return True
