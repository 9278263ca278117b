"""Manners of this installation: whose turn it is to ask a host, over all processes that share a folder."""

import os
from pathlib import Path

from flows.layout import Layout
from scrapers.politeness import Manners
from scrapers.turns import OwnTurn, Turns, shared_turns

HOSTS_VARIABLE = "GONGKAI_HOSTS"


def manners(layout: Layout) -> Manners:
    """Return the manners that the sites of one run share."""
    return Manners(shared_turns(_folder(layout)))


def turns(layout: Layout) -> Turns:
    """Return the turns for a look that stores nothing: shared where there is something to share with."""
    return shared_turns(_folder(layout)) if _folder(layout).exists() else OwnTurn


def _folder(layout: Layout) -> Path:
    """Return the folder of the hosts: GONGKAI_HOSTS, for several data folders together, else the own one."""
    return Path(os.environ.get(HOSTS_VARIABLE) or layout.hosts)
