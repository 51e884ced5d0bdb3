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
        "fi": "Odota hetki ja avaa linkki Slackista uudelleen.",
        "sv": "Vänta en stund och öppna länken i Slack igen.",
        "en": "Wait a moment, and open the link in Slack again.",
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
        "fi": "Kun haluat jatkaa, avaa linkki Slackista uudelleen.",
        "sv": "När du vill fortsätta, öppna länken i Slack igen.",
        "en": "When you want to go on, open the link in Slack again.",
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
        "fi": "Avaa linkki Slackista uudelleen ja tunnistaudu samassa selaimessa loppuun asti.",
        "sv": "Öppna länken i Slack igen och slutför identifieringen i samma webbläsare.",
        "en": "Open the link in Slack again, and finish the login in the same browser.",
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
    "identity.identification_failed.katso_sub.title": {
        "fi": "Alitunniste pitää ensin vahventaa",
        "sv": "Underkoden måste först certifieras",
        "en": "The Sub-ID has to be strengthened first",
    },
    "identity.identification_failed.katso_sub.text": {
        "fi": "Kirjauduit Katson alitunnisteella. Sille voi valmistella rooleja, mutta sillä ei voi hyväksyä "
        "mitään, koska se ei vielä kerro, kuka olet.",
        "sv": "Du loggade in med en underkod i Katso. Roller kan beredas för den, men med den går det inte "
        "att godkänna något, eftersom den ännu inte berättar vem du är.",
        "en": "You logged in with a Katso Sub-ID. Roles can be prepared for it, but nothing can be accepted "
        "with it, since it does not tell yet who you are.",
    },
    "identity.identification_failed.katso_sub.next": {
        "fi": "Avaa linkki Slackista uudelleen tässä samassa selaimessa ja tunnistaudu verkkopankilla, "
        "mobiilivarmenteella tai varmennekortilla. Tunniste vahvennetaan samalla, ja sinulle tarjotut roolit "
        "pysyvät sinulla.",
        "sv": "Öppna länken i Slack igen i samma webbläsare och identifiera dig med nätbank, "
        "mobilcertifikat eller certifikatkort. Koden certifieras samtidigt, och rollerna som erbjudits dig "
        "förblir dina.",
        "en": "Open the link in Slack again in this same browser, and identify yourself with online bank, "
        "mobile certificate or certificate card. That strengthens the ID, and the roles that you were "
        "offered stay yours.",
    },
    "identity.identification_failed.katso_known.title": {
        "fi": "Et tarvitse alitunnistetta",
        "sv": "Du behöver ingen underkod",
        "en": "You do not need the Sub-ID",
    },
    "identity.identification_failed.katso_known.text": {
        "fi": "Olet palvelussa jo omalla henkilötunnuksellasi. Siksi alitunnistetta ei yhdistetty sinuun.",
        "sv": "Du finns redan i tjänsten med din egen personbeteckning. Därför kopplades underkoden inte "
        "till dig.",
        "en": "The service knows you already by your own personal identity code. So the Sub-ID was not bound "
        "to you.",
    },
    "identity.identification_failed.katso_known.next": {
        "fi": "Pyydä organisaation pääkäyttäjää tarjoamaan rooli suoraan sinulle.",
        "sv": "Be organisationens huvudanvändare erbjuda rollen direkt till dig.",
        "en": "Ask a main user of the organisation to offer the role to you directly.",
    },
    "identity.identification_failed.katso_login_over.title": {
        "fi": "Katso-tunnisteella ei voi enää kirjautua",
        "sv": "Det går inte längre att logga in med Katso-kod",
        "en": "You can no longer log in with a Katso ID",
    },
    "identity.identification_failed.katso_login_over.text": {
        "fi": "Ekstranetiin kirjaudutaan nyt Suomi.fi-tunnistuksella. Katso-rooli julkisessa organisaatiossa "
        "on yhä voimassa siirtymäajan: se luetaan hyväksesi, kun olet tunnistautunut.",
        "sv": "Till Extranätet loggar man nu in med Suomi.fi-identifikation. En roll i Katso i en offentlig "
        "organisation gäller ännu under övergångstiden: den räknas dig till godo när du har identifierat "
        "dig.",
        "en": "Logins to the Extranet are now by Suomi.fi e-Identification. A role in Katso in a public "
        "organisation still counts during the transition, once you have identified yourself.",
    },
    "identity.identification_failed.katso_login_over.next": {
        "fi": "Avaa linkki keskustelusta uudelleen ja valitse Suomi.fi-tunnistus: verkkopankki, "
        "mobiilivarmenne tai varmennekortti.",
        "sv": "Öppna länken i chatten igen och välj Suomi.fi-identifikation: nätbank, mobilcertifikat eller "
        "certifikatkort.",
        "en": "Open the link in chat again, and choose Suomi.fi e-Identification: online bank, mobile "
        "certificate or certificate card.",
    },
    "identity.identification_failed.katso_over.title": {
        "fi": "Katso-tunnisteet ovat poistuneet käytöstä",
        "sv": "Katso-koderna används inte längre",
        "en": "Katso IDs are no longer in use",
    },
    "identity.identification_failed.katso_over.text": {
        "fi": "Katso on päättynyt, eikä sillä voi enää kirjautua. Rooleja ei siirretty sieltä: jokainen "
        "hyväksyy omansa uudelleen.",
        "sv": "Katso har upphört, och det går inte längre att logga in med det. Rollerna flyttades inte "
        "därifrån: var och en godkänner sina på nytt.",
        "en": "Katso has ended, and nobody can log in with it any more. Roles were not moved from there: "
        "everybody accepts theirs anew.",
    },
    "identity.identification_failed.katso_over.next": {
        "fi": "Avaa linkki Slackista uudelleen ja valitse Suomi.fi-tunnistus: verkkopankki, "
        "mobiilivarmenne tai varmennekortti.",
        "sv": "Öppna länken i Slack igen och välj Suomi.fi-identifikation: nätbank, mobilcertifikat eller "
        "certifikatkort.",
        "en": "Open the link in Slack again, and choose Suomi.fi e-Identification: online bank, mobile "
        "certificate or certificate card.",
    },
    "identity.identification_failed.too_old.title": {
        "fi": "Tunnistautuminen oli liian vanha",
        "sv": "Identifieringen var för gammal",
        "en": "The identification was too old",
    },
    "identity.identification_failed.too_old.text": {
        "fi": "Tunnistuspalvelu ei kertonut, että tunnistauduit juuri nyt.",
        "sv": "Identifieringstjänsten uppgav inte att du identifierade dig just nu.",
        "en": "The identification service did not tell that you identified yourself just now.",
    },
    "identity.identification_failed.too_old.next": {
        "fi": "Avaa linkki uudelleen ja tunnistaudu alusta. Jos tämä toistuu, kerro siitä palvelun "
        "ylläpidolle.",
        "sv": "Öppna länken igen och identifiera dig från början. Om det upprepas, berätta det för tjänstens "
        "administratör.",
        "en": "Open the link again, and identify yourself from the start. If it happens again, tell the "
        "service's operator.",
    },
}
