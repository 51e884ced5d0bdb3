"""One of every kind that the SDK models, written by the SDK itself, so that the shapes are Slack's own."""

from collections.abc import Iterator
from functools import partial

from slack_sdk.models.blocks import (
    Block,
    BlockElement,
    ButtonElement,
    ImageElement,
    Option,
    OverflowMenuElement,
    RichTextBlock,
    RichTextElement,
)
from slack_sdk.models.blocks.block_elements import (
    FileInputElement,
    IconButtonElement,
    RichTextElementParts,
    RichTextInputElement,
    RichTextListElement,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    RichTextSectionElement,
    UrlSourceElement,
    WorkflowButtonElement,
)
from slack_sdk.models.blocks.blocks import (
    ActionsBlock,
    AuthProviderBlock,
    CallBlock,
    CardBlock,
    CarouselBlock,
    ContainerBlock,
    ContextActionsBlock,
    FileBlock,
    InputBlock,
    PlanBlock,
    SectionBlock,
    TaskCardBlock,
    VideoBlock,
)

Json = dict[str, object]
PICTURE = "http://127.0.0.1/page/icon.svg"


def kinds(base: type[object]) -> Iterator[str]:
    """The type of every class that the SDK derives from *base*."""
    for each in base.__subclasses__():
        kind = each.__dict__.get("type")
        if isinstance(kind, str):
            yield kind
        yield from kinds(each)


def block_kinds() -> set[str]:
    return set(kinds(Block))


def rich_kinds() -> set[str]:
    return set(kinds(RichTextElement))


def element_kinds() -> set[str]:
    return set(kinds(BlockElement)) - rich_kinds()


def _rich() -> list[RichTextElement]:
    part = RichTextElementParts
    runs = [
        part.Text(text="styled ", style={"bold": True, "italic": True}),
        part.Link(url="https://town.example/", text="link"),
        part.User(user_id="U2"),
        part.Channel(channel_id="C1"),
        part.UserGroup(usergroup_id="S1"),
        part.Team(team_id="T1"),
        part.Broadcast(range="here"),
        part.Emoji(name="wave", unicode="1f44b"),
        part.Color(value="#11635a"),
        part.Date(timestamp=1_790_000_000, format="{date_num}", fallback="then"),
    ]
    return [
        RichTextSectionElement(elements=runs),
        RichTextListElement(
            style="ordered", elements=[RichTextSectionElement(elements=[part.Text(text="one")])]
        ),
        RichTextQuoteElement(elements=[part.Text(text="quoted")]),
        RichTextPreformattedElement(elements=[part.Text(text="let x = 1")]),
    ]


def _card(name: str) -> CardBlock:
    return CardBlock(
        icon=ImageElement(image_url=PICTURE, alt_text="Mark"),
        title=name,
        subtitle="Meri-Lappi",
        body="*Reads* patient data",
        actions=[ButtonElement(text="Take it", action_id=f"take-{name.lower()}", value=name)],
    )


def _task(status: str) -> TaskCardBlock:
    source = UrlSourceElement(url="https://town.example/rules", text="Rules")
    rich = RichTextBlock(elements=_rich()[:1])
    return TaskCardBlock(task_id=status, title=f"Task {status}", status=status, sources=[source], output=rich)


def larger_blocks() -> list[Json]:
    """The blocks that the gallery of everyday ones leaves out."""
    overflow = OverflowMenuElement(
        action_id="provider-more", options=[Option(value="off", text="Disconnect")]
    )
    provider = partial(AuthProviderBlock, value="bank", name="Bank", description="Strong identification")
    return [
        block.to_dict()
        for block in (
            RichTextBlock(block_id="rich", elements=_rich()),
            PlanBlock(block_id="plan", title="Plan", tasks=[_task("pending"), _task("error")]),
            TaskCardBlock(block_id="task", task_id="t", title="Alone", status="complete"),
            CardBlock(block_id="card", **{**_card("Reader").to_dict(), "type": None}),
            CarouselBlock(block_id="carousel", elements=[_card("Officer"), _card("Keeper"), _card("Main")]),
            ContainerBlock(
                block_id="container",
                title="Coverage",
                subtitle="Two organisations",
                is_collapsible=True,
                default_collapsed=True,
                child_blocks=[
                    SectionBlock(block_id="inside", text="Inside the box"),
                    ActionsBlock(
                        block_id="inside-actions", elements=[ButtonElement(text="Inside", action_id="in")]
                    ),
                ],
            ),
            VideoBlock(
                block_id="video",
                title="How to accept",
                title_url="https://town.example/video",
                video_url="https://town.example/embed",
                thumbnail_url=PICTURE,
                alt_text="A hand on a key",
                provider_name="Town",
            ),
            FileBlock(block_id="file", external_id="rules-2026"),
            CallBlock(
                block_id="call",
                call_id="R1",
                call={"v1": {"name": "Weekly", "join_url": "https://town.example/c"}},
            ),
            provider(block_id="provider", is_connected=False, auth_url="https://town.example/go"),
            provider(
                block_id="provider-on", is_connected=True, connected_identity="Oliver", accessory=overflow
            ),
            ContextActionsBlock(
                block_id="icons",
                elements=[IconButtonElement(action_id="bin", icon="trash", text="Remove", value="r1")],
            ),
            ActionsBlock(
                block_id="workflows",
                elements=[
                    WorkflowButtonElement(
                        action_id="flow",
                        text="Begin",
                        workflow={"trigger": {"url": "https://slack.com/shortcuts/Ft1/x"}},
                    )
                ],
            ),
        )
    ]


def charts() -> list[Json]:
    """Blocks that Slack documents and the SDK does not model yet."""
    series = [
        {"name": "Offered", "data": [{"label": "Spring", "value": 12}, {"label": "Autumn", "value": 30}]},
        {"name": "Accepted", "data": [{"label": "Spring", "value": 9}, {"label": "Autumn", "value": 28}]},
    ]
    axes = {"categories": ["Spring", "Autumn"], "x_label": "Season", "y_label": "Roles"}
    segments = [{"label": "Waiting", "value": 3}, {"label": "In force", "value": 9}]

    def chart(kind: str, **more: object) -> Json:
        content = {"type": kind, **more}
        return {
            "type": "data_visualization",
            "block_id": f"chart-{kind}",
            "title": f"A {kind}",
            "chart": content,
        }

    rows = [[{"type": "raw_text", "text": "Role"}, {"type": "raw_text", "text": "Holders"}]] + [
        [{"type": "raw_text", "text": f"Role {letter}"}, {"type": "raw_number", "value": number}]
        for letter, number in zip("GFEDCBA", (1, 20, 3, 4, 5, 6, 7), strict=True)
    ]
    return [
        *(chart(kind, series=series, axis_config=axes) for kind in ("bar", "line", "area")),
        chart("pie", segments=segments),
        {"type": "data_table", "block_id": "data", "caption": "Who holds what", "page_size": 3, "rows": rows},
    ]


def input_blocks() -> list[Json]:
    """The inputs that the gallery of everyday ones leaves out."""
    styled = RichTextInputElement(action_id="text", placeholder="Write")
    files = FileInputElement(action_id="files", filetypes=["png"], max_files=2)
    return [
        InputBlock(block_id="rich-input", label="Reason", element=styled).to_dict(),
        InputBlock(block_id="file-input", label="Certificate", element=files, optional=True).to_dict(),
    ]
