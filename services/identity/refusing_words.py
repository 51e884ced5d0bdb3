"""What the login pages say of logins that did not succeed."""

from shared.contracts.base import Language

WORDS: dict[str, dict[Language, str]] = {
    "identity.identification_failed.title": {
        "fi": "Tunnistautuminen ei onnistunut",
        "sv": "Identifieringen lyckades inte",
        "en": "The login did not succeed",
    },
    "identity.identification_failed.text": {
        "fi": "Tunnistuspalvelu ei vahvistanut, kuka olet. Mitään ei muuttunut.",
        "sv": "Identifieringstjänsten bekräftade inte vem du är. Ingenting ändrades.",
        "en": "The identity provider did not confirm who you are. Nothing has changed.",
    },
    "identity.identification_failed.next": {
        "fi": "Odota hetki ja avaa linkki keskustelusta uudelleen.",
        "sv": "Vänta en stund och öppna länken i chatten igen.",
        "en": "Wait a moment, and open the link in chat again.",
    },
    "identity.identification_failed.cancelled.title": {
        "fi": "Keskeytit tunnistautumisen",
        "sv": "Du avbröt identifieringen",
        "en": "You cancelled the login",
    },
    "identity.identification_failed.cancelled.text": {
        "fi": "Ei hätää, mitään ei muuttunut.",
        "sv": "Ingen fara, ingenting ändrades.",
        "en": "That is fine. Nothing has changed.",
    },
    "identity.identification_failed.cancelled.next": {
        "fi": "Kun haluat jatkaa, avaa linkki keskustelusta uudelleen.",
        "sv": "När du vill fortsätta, öppna länken i chatten igen.",
        "en": "When you want to go on, open the link in chat again.",
    },
    "identity.identification_failed.other_browser.title": {
        "fi": "Jatka samassa selaimessa",
        "sv": "Fortsätt i samma webbläsare",
        "en": "Go on in the same browser",
    },
    "identity.identification_failed.other_browser.text": {
        "fi": "Tunnistautuminen alkoi toisessa selaimessa tai toisessa ikkunassa. Mitään ei muuttunut.",
        "sv": "Identifieringen började i en annan webbläsare eller ett annat fönster. Ingenting ändrades.",
        "en": "The login was begun in another browser or window. Nothing has changed.",
    },
    "identity.identification_failed.other_browser.next": {
        "fi": "Avaa linkki keskustelusta uudelleen ja tunnistaudu samassa selaimessa loppuun asti.",
        "sv": "Öppna länken i chatten igen och slutför identifieringen i samma webbläsare.",
        "en": "Open the link in chat again, and finish the login in the same browser.",
    },
    "identity.identification_failed.method_unknown.title": {
        "fi": "Tätä tunnistautumistapaa ei tunneta",
        "sv": "Det här sättet att identifiera sig är okänt",
        "en": "This way to identify is not known",
    },
    "identity.identification_failed.method_unknown.text": {
        "fi": "Tunnistuspalvelu kertoi tavan, jonka varmuutta palvelumme ei tunne. Siksi siihen ei voi "
        "luottaa.",
        "sv": "Identifieringstjänsten uppgav ett sätt vars tillförlitlighet vår tjänst inte känner till. "
        "Därför går det inte att lita på det.",
        "en": "The identification service named a way of which our service does not know how sure it is. "
        "So it cannot be relied on.",
    },
    "identity.identification_failed.method_unknown.next": {
        "fi": "Avaa linkki uudelleen ja valitse verkkopankki, mobiilivarmenne tai varmennekortti. Jos "
        "valitsit jo sellaisen, kerro tästä palvelun ylläpidolle.",
        "sv": "Öppna länken igen och välj nätbank, mobilcertifikat eller certifikatkort. Om du redan valde "
        "något av dem, berätta det för tjänstens administratör.",
        "en": "Open the link again and choose online bank, mobile certificate or certificate card. If you "
        "did already, tell the service's operator.",
    },
    "identity.identification_failed.too_weak.title": {
        "fi": "Tarvitaan vahva tunnistautuminen",
        "sv": "Stark identifiering behövs",
        "en": "A strong identification is needed",
    },
    "identity.identification_failed.too_weak.text": {
        "fi": "Tapa, jolla tunnistauduit, ei ole riittävän vahva tähän. Mitään ei muuttunut.",
        "sv": "Sättet du identifierade dig på är inte tillräckligt starkt. Ingenting ändrades.",
        "en": "The way you logged in is not strong enough for this. Nothing has changed.",
    },
    "identity.identification_failed.too_weak.next": {
        "fi": "Avaa linkki uudelleen ja käytä pankkitunnuksia, mobiilivarmennetta tai varmennekorttia.",
        "sv": "Öppna länken igen och använd bankkoder, mobilcertifikat eller certifikatkort.",
        "en": "Open the link again, and use bank credentials, a mobile certificate or a certificate card.",
    },
}
