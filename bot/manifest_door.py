"""``python -m bot manifest``: print the manifest for Slack."""

import argparse
import os
import sys
from collections.abc import Sequence

from bot.manifest import manifest, text
from shared.slackapp.manifest import problems


def print_manifest(options: Sequence[str]) -> None:
    """Print the manifest as YAML; what Slack would refuse of it is said instead."""
    parser = argparse.ArgumentParser(prog="ekstranet manifest")
    parser.add_argument(
        "--public-url",
        default=os.environ.get("KANTA_BOT_PUBLIC_URL"),
        help="where Slack and browsers reach the bot, https://…; by default KANTA_BOT_PUBLIC_URL",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--socket", action="store_true", help="the bot dials Slack (the default)")
    way.add_argument("--http", action="store_true", help="Slack sends requests to the public address")
    parser.add_argument("--rotation", action="store_true", help="let tokens expire after twelve hours")
    told = parser.parse_args(options)
    try:
        content = manifest(told.public_url, socket=not told.http, rotation=told.rotation)
    except ValueError as error:
        parser.error(str(error))
    if wrong := problems(content):
        parser.error("; ".join(wrong))
    sys.stdout.write(text(content))
