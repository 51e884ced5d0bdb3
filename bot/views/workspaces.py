"""How a main user is asked whether the workspace may be used for their organisation."""

from collections.abc import Iterable

from bot.views.home_content import HomeContent
from bot.views.paging import Item
from bot.views.text import Blocks, asking, bare, button, header, plain, section
from bot.words import say


def claims(content: HomeContent) -> Iterable[Item]:
    """One question for each organisation of theirs that the workspace is not used for yet."""
    language = content.language
    heading: Blocks = [header(say("workspaces.heading", language))]
    for each in content.claimable:
        name = plain(each.name, 200)
        short = bare(each.name, 60)
        confirm = asking(
            say("workspaces.confirm_title", language),
            say("workspaces.confirm_text", language, organisation=short),
            say("workspaces.confirm_yes", language),
            say("workspaces.confirm_no", language),
        )
        press = button(
            say("workspaces.claim_button", language),
            "workspace.claim",
            str(each.id),
            confirm=confirm,
            label=say("workspaces.claim_label", language, organisation=bare(each.name, 40)),
        )
        yield Item(heading, [section(say("workspaces.claim", language, organisation=name), accessory=press)])
