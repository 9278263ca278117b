"""Listings walked over scripted answers, without a server."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from scrapers.answer import Answer
from scrapers.listing import Listing, walk
from scrapers.platforms.protocol import Listed, Platform

NOW = datetime(2024, 8, 7, tzinfo=UTC)


def walked(
    platform: Platform, column: Listed, answers: Mapping[str, str | bytes], asked: list[str] | None = None
) -> Listing:
    """Walk the column; addresses without an answer give 404. `asked` gets the addresses in their order."""

    async def ask(url: str) -> Answer:
        if asked is not None:
            asked.append(url)
        body = answers.get(url)
        if body is None:
            return Answer(url, url, NOW, "not_found", "answers 404", 404)
        return Answer(
            url, url, NOW, "ok", None, 200, payload=body.encode() if isinstance(body, str) else body
        )

    return asyncio.run(walk(platform, column, ask))
