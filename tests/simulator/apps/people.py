"""What people do with the tool shed, step by step, and what each step brings before them."""

from dataclasses import dataclass, field

from simulator.testing import Person, Refused, Simulator
from simulator.wire import Json
from tests.simulator.apps.transcript import rooms, view_lines
from tests.support.patience import PATIENCE

GENERAL = "C0GENERAL"


@dataclass
class People:
    """Three people at one workspace, and the lines that they would tell."""

    workspace: Simulator
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.aino, self.bertil, self.celia = (
            Person(self.workspace, user) for user in ("U0AINO", "U0BERTIL", "U0CELIA")
        )

    async def view(self, person: Person, words: str) -> Json:
        """Wait for a modal with *words*, and tell what it shows."""
        view = await person.view(words, PATIENCE)
        self.told += view_lines(view)
        return view


async def play(workspace: Simulator) -> str:
    """Let people use everything that the tool shed has; what they would tell of it."""
    people = People(workspace)
    await _commands(people.aino)
    await _borrow(people, people.aino)
    await _ladder(people, people.bertil)
    await _home(people, people.celia)
    await _talk(people.aino, people.bertil, people.celia)
    await _picture(people.aino)
    return "\n".join([*people.told, "", *rooms(workspace)]) + "\n"


async def _commands(aino: Person) -> None:
    await aino.command("/shed", "help", GENERAL)
    await aino.message("Try", GENERAL, PATIENCE)
    await aino.command("/shed", "list", GENERAL)
    await aino.message("holds four tools", GENERAL, PATIENCE)


async def _borrow(people: People, aino: Person) -> None:
    """A modal that is filled, changed, covered by another, refused once, and sent."""
    await aino.command("/shed", "borrow", GENERAL)
    view = await people.view(aino, "Which tool")
    found = await aino.suggest(view, "tool", "A")
    people.told.append("found " + ", ".join(option["text"]["text"] for option in found))
    await aino.press(view, "choose_size", "large")
    await people.view(aino, "carried by two")
    await aino.press(view, "read_rules")
    rules = await people.view(aino, "Bring it back clean")
    await aino.submit(rules)
    await people.view(aino, "Thank you for reading")
    await aino.close(rules)
    try:
        await aino.submit(view, tool="saw", note="now!")
    except Refused as refused:
        people.told.append(f"refused {refused.errors}")
    await people.view(aino, "now!")
    await aino.submit(view, tool="saw", note="", until="2026-12-24")
    lent = await aino.message("You have borrowed", timeout=PATIENCE)
    await aino.press(lent, "extend", "week")
    await aino.message("a week more", timeout=PATIENCE)
    await aino.press(lent, "give_back")
    await aino.message("is back", timeout=PATIENCE)


async def _ladder(people: People, bertil: Person) -> None:
    """A second modal on top, and all of them cleared; the answer goes to a group."""
    await bertil.shortcut("borrow_anywhere")
    await bertil.submit(await people.view(bertil, "Which tool"), tool="ladder")
    await bertil.submit(await people.view(bertil, "Who holds it"), helper=people.celia.id)
    stage = people.workspace.stage
    group = stage.rooms.between((bertil.id, people.celia.id, stage.workspace.bot_user_id))
    await bertil.message("holds the ladder", group.id, PATIENCE)
    people.told.append(f"{len(stage.views.stack(bertil.id))} modals are left")


async def _home(people: People, celia: Person) -> None:
    home = await celia.home(lambda view: "Welcome" in str(view))
    people.told += view_lines(home)
    await celia.press(home, "home_borrow")
    await celia.close(await people.view(celia, "Which tool"))
    await celia.message("Another time", timeout=PATIENCE)


async def _talk(aino: Person, bertil: Person, celia: Person) -> None:
    await aino.say("@toolshed, are you there?", GENERAL)
    await aino.message("You called", GENERAL, PATIENCE)
    await bertil.say("hello shed")
    await bertil.message("Hello <@U0BERTIL>", timeout=PATIENCE)
    await bertil.say("Where is the <drill>?")
    await bertil.message("I do not know", timeout=PATIENCE)
    await bertil.say("The saw squeaks", GENERAL)
    squeaks = await bertil.message("The saw squeaks", GENERAL)
    await aino.shortcut("note_message", squeaks)
    await aino.message("Noted", GENERAL, PATIENCE)
    await celia.react(squeaks, "+1")
    await celia.message("likes it", GENERAL, PATIENCE)


async def _picture(aino: Person) -> None:
    await aino.command("/shed", "picture", GENERAL)
    await aino.message("This is the shed", GENERAL, PATIENCE)
