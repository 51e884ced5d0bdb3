"""What the login pages say about Suomi.fi's own logins, in Finnish, Swedish and English."""

from shared.contracts.base import Language

WORDS: dict[str, dict[Language, str]] = {
    "leave.title": {
        "fi": "Kirjaudu ulos Suomi.fi:stä",
        "sv": "Logga ut från Suomi.fi",
        "en": "Log out of Suomi.fi",
    },
    "leave.text": {
        "fi": "Suomi.fi muistaa tunnistautumisesi hetken aikaa. Jos käytät yhteistä laitetta, kirjaudu ulos.",
        "sv": "Suomi.fi minns din identifiering en stund. Logga ut om du använder en gemensam enhet.",
        "en": "Suomi.fi remembers your identification for a while. On a shared device, log out.",
    },
    "left.title": {
        "fi": "Olet kirjautunut ulos",
        "sv": "Du har loggat ut",
        "en": "You are logged out",
    },
    "left.text": {
        "fi": "Tunnistautumisesi ei ole enää voimassa täällä eikä Suomi.fi:ssä. Se, mitä ehdit tehdä, pysyy.",
        "sv": "Din identifiering gäller inte längre här eller i Suomi.fi. Det du hann göra består.",
        "en": "Your identification no longer holds here or at Suomi.fi. What you have done stays done.",
    },
    "left.next": {
        "fi": "Voit sulkea tämän sivun. Kun tunnistautumista taas tarvitaan, saat Slackissa uuden linkin.",
        "sv": "Du kan stänga sidan. När en identifiering behövs igen får du en ny länk i Slack.",
        "en": "You can close this page. When an identification is needed again, you get a new link in Slack.",
    },
    "left.partly.title": {
        "fi": "Olet kirjautunut ulos täältä",
        "sv": "Du har loggat ut här",
        "en": "You are logged out here",
    },
    "left.partly.text": {
        "fi": "Suomi.fi ei saanut kirjattua sinua ulos kaikista muista palveluista.",
        "sv": "Suomi.fi kunde inte logga ut dig från alla andra tjänster.",
        "en": "Suomi.fi could not log you out of every other service.",
    },
    "left.partly.next": {
        "fi": "Sulje selaimen kaikki ikkunat, niin mikään kirjautuminen ei jää auki.",
        "sv": "Stäng webbläsarens alla fönster så att ingen inloggning blir öppen.",
        "en": "Close all windows of the browser, so that no login stays open.",
    },
    "left.nothing.title": {
        "fi": "Tästä osoitteesta ei kirjauduta ulos",
        "sv": "Från den här adressen loggar man inte ut",
        "en": "This address does not log you out",
    },
    "left.nothing.text": {
        "fi": "Suomi.fi käyttää tätä osoitetta itse, kun uloskirjautuminen on kesken. Mitään ei muuttunut.",
        "sv": "Suomi.fi använder själv adressen när en utloggning pågår. Ingenting ändrades.",
        "en": "Suomi.fi itself uses this address while somebody is being logged out. Nothing has changed.",
    },
    "left.nothing.next": {
        "fi": "Jos haluat varmasti ulos, sulje selaimen kaikki ikkunat. Kun tunnistautumista tarvitaan, saat "
        "linkin Slackissa.",
        "sv": "Om du vill vara säker på att du är utloggad, stäng webbläsarens alla fönster. När en "
        "identifiering behövs får du en länk i Slack.",
        "en": "To be sure that you are logged out, close all windows of the browser. When an identification "
        "is needed, you get a link in Slack.",
    },
    "identity.identification_failed.replayed.title": {
        "fi": "Tunnistautuminen on jo käytetty",
        "sv": "Identifieringen har redan använts",
        "en": "This login was used already",
    },
    "identity.identification_failed.replayed.text": {
        "fi": "Sama vastaus tuli Suomi.fi:stä toisen kerran. Toista kertaa se ei kelpaa.",
        "sv": "Samma svar kom från Suomi.fi en andra gång. Den andra gången duger det inte.",
        "en": "The same answer came from Suomi.fi a second time. It is not taken twice.",
    },
    "identity.identification_failed.replayed.next": {
        "fi": "Palaa Slackiin. Jos asiasi jäi kesken, avaa linkki siellä uudelleen.",
        "sv": "Gå tillbaka till Slack. Om ditt ärende blev på hälft, öppna länken där igen.",
        "en": "Go back to Slack. If something is left undone, open the link there again.",
    },
    "identity.identification_failed.stale.title": {
        "fi": "Tunnistautuminen ehti vanhentua",
        "sv": "Identifieringen hann föråldras",
        "en": "The login grew too old on its way",
    },
    "identity.identification_failed.stale.text": {
        "fi": "Vastaus tunnistuspalvelusta oli liian vanha tai laitteiden kellot käyvät eri aikaa. Mitään ei "
        "muuttunut.",
        "sv": "Svaret från identifieringstjänsten var för gammalt, eller så går klockorna olika. Ingenting "
        "ändrades.",
        "en": "The identity provider's answer was too old, or two clocks differ. Nothing has changed.",
    },
    "identity.identification_failed.stale.next": {
        "fi": "Avaa linkki Slackista uudelleen ja jatka viivyttelemättä.",
        "sv": "Öppna länken i Slack igen och fortsätt utan dröjsmål.",
        "en": "Open the link in Slack again, and go on without delay.",
    },
    "identity.identification_failed.population_register.title": {
        "fi": "Tietojasi ei voitu tarkistaa",
        "sv": "Dina uppgifter kunde inte kontrolleras",
        "en": "Your data could not be checked",
    },
    "identity.identification_failed.population_register.text": {
        "fi": "Suomi.fi ei saanut nyt yhteyttä väestötietojärjestelmään. Mitään ei muuttunut.",
        "sv": "Suomi.fi fick just nu ingen kontakt med befolkningsdatasystemet. Ingenting ändrades.",
        "en": "Suomi.fi could not reach the Population Information System just now. Nothing has changed.",
    },
    "identity.identification_failed.population_register.next": {
        "fi": "Odota hetki ja avaa linkki Slackista uudelleen.",
        "sv": "Vänta en stund och öppna länken i Slack igen.",
        "en": "Wait a moment, and open the link in Slack again.",
    },
}
