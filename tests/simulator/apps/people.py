"""What people do with the tool shed, step by step, and what each step brings before them."""

from dataclasses import dataclass, field

from simulator.running import Simulator
from simulator.wire import Json
from simulator.workspace.messages import Message
from tests.simulator.apps.transcript import rooms, view_lines

AINO, BERTIL, CELIA = "U0AINO", "U0BERTIL", "U0CELIA"
GENERAL = "C0GENERAL"
WAIT = 10.0


def of_view(view: Json) -> Json:
    return {"type": "view", "view_id": view["id"]}


def of_message(message: Message) -> Json:
    return {"type": "message", "channel": message.channel, "ts": message.ts}


def loan(tool: str, note: str = "", until: str | None = None) -> Json:
    """The borrow form, filled in."""
    return {
        "tool": {"tool": {"selected_option": tool}},
        "until": {"until": {"selected_date": until}},
        "note": {"note": {"value": note}},
    }


@dataclass
class People:
    """Three people at one simulator, and the lines that they would tell."""

    simulator: Simulator
    told: list[str] = field(default_factory=list)

    def tell(self, *lines: str) -> None:
        self.told += lines

    async def do(self, user: str, act: str, /, **body: object) -> Json:
        answer = await self.simulator.act(user, act, **body)
        assert answer["ok"] is True, (act, answer)
        return answer

    async def view(self, user: str, words: str) -> Json:
        """Wait for a modal with *words*, and tell what it shows."""
        view = await self.simulator.wait_for_view(user, lambda each: words in str(each), WAIT)
        self.tell(*view_lines(view))
        return view

    async def message(self, place: str, words: str) -> Message:
        return await self.simulator.wait_for_message(place, lambda each: words in each.text, WAIT)

    async def command(self, text: str) -> None:
        await self.do(AINO, "command", channel=GENERAL, command="/shed", text=text)


async def play(simulator: Simulator) -> str:
    """Let people use everything that the tool shed has; what they would tell of it."""
    people = People(simulator)
    await _commands(people)
    await _borrow(people)
    await _ladder(people)
    await _home(people)
    await _talk(people)
    return "\n".join([*people.told, "", *rooms(simulator)]) + "\n"


async def _commands(people: People) -> None:
    await people.command("help")
    await people.message(GENERAL, "Try")
    await people.command("list")
    await people.message(GENERAL, "holds four tools")


async def _borrow(people: People) -> None:
    """A modal that is filled, changed, covered by another, refused once, and sent."""
    await people.command("borrow")
    view = await people.view(AINO, "Which tool")
    place = of_view(view)
    found = await people.do(AINO, "suggest", container=place, block_id="tool", action_id="tool", query="A")
    people.tell("found " + ", ".join(option["text"]["text"] for option in found["options"]))
    await people.do(AINO, "press", container=place, block_id="size", action_id="choose_size", value="large")
    await people.view(AINO, "carried by two")
    await people.do(AINO, "press", container=place, block_id="intro", action_id="read_rules")
    rules = await people.view(AINO, "Bring it back clean")
    await people.do(AINO, "submit", view_id=rules["id"])
    await people.view(AINO, "Thank you for reading")
    await people.do(AINO, "close", view_id=rules["id"])
    refused = await people.simulator.act(AINO, "submit", view_id=view["id"], state=loan("saw", note="now!"))
    people.tell(f"refused {refused['errors']}")
    await people.view(AINO, "now!")
    await people.do(AINO, "submit", view_id=view["id"], state=loan("saw", until="2026-12-24"))
    lent = await people.message(AINO, "You have borrowed")
    await people.do(
        AINO, "press", container=of_message(lent), block_id="loan", action_id="extend", value="week"
    )
    await people.message(AINO, "a week more")
    await people.do(AINO, "press", container=of_message(lent), block_id="loan", action_id="give_back")
    await people.message(AINO, "is back")


async def _ladder(people: People) -> None:
    """A second modal on top, and all of them cleared; the answer goes to a group."""
    await people.do(BERTIL, "shortcut", callback_id="borrow_anywhere")
    view = await people.view(BERTIL, "Which tool")
    await people.do(BERTIL, "submit", view_id=view["id"], state=loan("ladder"))
    helper = await people.view(BERTIL, "Who holds it")
    await people.do(
        BERTIL,
        "submit",
        view_id=helper["id"],
        state={"helper": {"helper": {"selected_user": CELIA}}},
    )
    stage = people.simulator.stage
    group = stage.rooms.between((BERTIL, CELIA, stage.workspace.bot_user_id))
    await people.message(group.id, "holds the ladder")
    people.tell(f"{len(stage.views.stack(BERTIL))} modals are left")


async def _home(people: People) -> None:
    await people.do(CELIA, "home")
    home = await people.simulator.wait_for_home(CELIA, lambda view: "Welcome" in str(view), WAIT)
    people.tell(*view_lines(home))
    await people.do(CELIA, "press", container={"type": "home"}, block_id="home", action_id="home_borrow")
    view = await people.view(CELIA, "Which tool")
    await people.do(CELIA, "close", view_id=view["id"])
    await people.message(CELIA, "Another time")


async def _talk(people: People) -> None:
    await people.do(AINO, "say", channel=GENERAL, text="@toolshed, are you there?")
    await people.message(GENERAL, "You called")
    await people.do(BERTIL, "say", text="hello shed")
    await people.message(BERTIL, "Hello <@U0BERTIL>")
    await people.do(BERTIL, "say", text="Where is the <drill>?")
    await people.message(BERTIL, "I do not know")
    said = await people.do(BERTIL, "say", channel=GENERAL, text="The saw squeaks")
    await people.do(AINO, "shortcut", callback_id="note_message", channel=GENERAL, ts=said["ts"])
    await people.message(GENERAL, "Noted")
    await people.do(CELIA, "react", channel=GENERAL, ts=said["ts"], name="+1")
    await people.message(GENERAL, "likes it")


async def _picture(people: People) -> None:
    await people.command("picture")
    await people.message(GENERAL, "This is the shed")
