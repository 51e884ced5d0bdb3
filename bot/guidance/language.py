"""Which of the three languages a short message is written in, judged from its words and letters alone."""

import re
from typing import Final, Literal

Language = Literal["fi", "sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("fi", "sv", "en")


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _set(text: str) -> frozenset[str]:
    return frozenset(_several(text))


# Words that say which language this is, and which carry no meaning for a search.
STOP_WORDS: Final[dict[Language, frozenset[str]]] = {
    "fi": _set(
        """
        ja tai ei en et emme ette eivät on ole olen olet olemme ovat oli olla olisi onko oliko mikä mitä
        mitkä missä mistä mihin millä mille minkä miten miksi milloin koska kuka ketkä kenen kenelle kuinka
        montako minä sinä hän me te he minun sinun hänen meidän teidän heidän minulla sinulla hänellä meillä
        teillä heillä minulle meille minut se ne sen sitä siitä siihen niitä nuo tämä tuo tätä tästä jos kun
        että vai vaan kuin niin nyt vielä myös vain jo mutta muttei mutten sekä ihan aina itse itseni joku
        jokin jonkin jollain voi voin voiko voinko saa saan saako pitää pitääkö pitäisi täytyy täytyykö
        tarvitsee moi hei kiitos ihmeen semmonen tuota sitten eli joka jonka jota kaikki kaikkea häntä hänet
        eikö emmekö ettei eikä
        """
    ),
    "sv": _set(
        """
        och eller inte icke är var varit blir vara vad vem vems vilka vilken vilket hur varför när där här
        jag du han hon vi ni de dem mig dig oss er min mitt mina din ditt dina vår vårt våra ert era sin
        sitt sina hans hennes den det en ett som om att till från för med av på i ur hos över under så då nu
        men också bara ännu redan alla allt kan ska skall skulle måste får vill har hade gör göra går hej
        tack detta dessa denna dess själv mer än åt vid in ut upp man ens någon något några ingen inget inga
        ju bli borde
        """
    ),
    "en": _set(
        """
        and or not no is are was were be been being am do does did don't doesn't didn't don doesn didn can
        can't cannot could should would must may might will shall have has had what who whom whose which
        when where why how i you he she it we they me him her us them my your his its our their the a an
        this that these those of to from in on at for with by as if but so than then there here now still
        also only just already any some all it's i'm i'd i've hi hello please thanks thank about into
        out up get gets got myself itself one ones t s m d ve re ll
        """
    ),
}

# Letter runs that are common in one of the languages and rare in the other two.
_RUNS: Final[dict[Language, tuple[str, ...]]] = {
    "fi": _several(
        "ää öö yy aa ii uu kk uo yö ie äy ssa ssä lla llä sta stä ksi ksen nen kse tus yks jä hyv iin een"
    ),
    "sv": _several("å ck sk tj skt ning het lig för ör sj kt isk ade rna mmer ller ätt ång rätt"),
    "en": _several("th wh ing tion sh ow ee oo ea ght igh ould ' qu ch ess"),
}
_ENDS: Final[dict[Language, tuple[str, ...]]] = {
    "fi": _several(
        "ko kö ssa ssä lla llä lle sta stä ksi nen aan ään een iin sti mme nne mista vat vät us ys i u"
    ),
    "sv": _several("en et er ar or na ning ade as het lig liga tt ta gt"),
    "en": _several("ed ing tion ly ies y ment ness ity ts ms nt ds"),
}
# By how much one language has to lead; by more where only signs speak, and no word tells.
_MARGIN, _MARGIN_OF_SIGNS, _MARGIN_FOR_EACH_WORD = 0.25, 0.45, 0.16
_NOT_ENGLISH: Final = frozenset("åäö")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def words(text: str) -> list[str]:
    """Lower-case words, without digits and signs."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


def detect_language(text: str) -> Language | None:
    """Name the language of *text*, or None when nothing tells (empty text, codes, names)."""
    found = words(text)
    scores = {language: sum(_evidence(word, language) for word in found) for language in LANGUAGES}
    best, second = sorted(LANGUAGES, key=lambda language: -scores[language])[:2]
    return best if scores[best] - scores[second] > _margin(found, best) else None


def tells_its_language(word: str) -> bool:
    """Whether *word* is an everyday word of one of the languages, and so no slip of the fingers."""
    return any(word.lower() in everyday for everyday in STOP_WORDS.values())


def _margin(found: list[str], language: Language) -> float:
    if not STOP_WORDS[language].isdisjoint(found):
        return _MARGIN
    return max(_MARGIN_OF_SIGNS, _MARGIN_FOR_EACH_WORD * len(found))


def _evidence(word: str, language: Language) -> float:
    if word in STOP_WORDS[language]:
        return 3.0 / sum(word in others for others in STOP_WORDS.values())
    if language == "en" and not _NOT_ENGLISH.isdisjoint(word):
        return 0.0
    runs = sum(run in word for run in _RUNS[language])
    return 0.5 * runs + (0.4 if len(word) > 3 and word.endswith(_ENDS[language]) else 0.0)
