/** The page's own words in Finnish, Swedish and English; a test holds the three to the same keys. */

export const WORDS = {
  fi: {
    banner: "SIMULAATTORI – ei Slack. Täällä ei ole oikeita tietoja.",
    language: "suomi", choose_title: "Kenenä jatkat?",
    choose_text: "Valitse henkilö, niin näet työtilan hänen silmin. Voit vaihtaa milloin vain.",
    choose_as: "Jatka: {name}", beside: "Rinnakkain", beside_open: "Avaa valitut rinnakkain ({count})",
    beside_hint: "Valitse kahdesta kolmeen henkilöä.", beside_choose: "Valitse rinnakkain: {name}",
    beside_back: "Takaisin henkilöihin", pane_of: "Näkymä: {name}", no_people: "Työtilassa ei ole vielä ketään. Lisää henkilöitä siementiedostoon.",
    gone: "poistettu käytöstä", guest: "vieras", admin: "ylläpitäjä", bot: "sovellus",
    switch_person: "Vaihda henkilö", wire: "Liikenne", wire_text: "Sovelluksen ja simulaattorin välinen liikenne, uusin ylimpänä.",
    wire_empty: "Ei vielä liikennettä. Kirjoita viesti tai paina painiketta.", wire_clear: "Tyhjennä", to_app: "sovellukselle",
    from_app: "sovellukselta", api: "kutsu", skip: "Siirry viestin kirjoittamiseen", menu: "Avaa valikko", menu_close: "Sulje valikko",
    navigation: "Keskustelut", channels: "Kanavat", people: "Yksityisviestit", apps: "Sovellukset", unread: "{count} lukematonta",
    home: "Koti", messages: "Viestit", home_empty: "Sovellus ei ole vielä julkaissut kotinäkymää. Odota hetki tai avaa Viestit.",
    loading: "Ladataan…", timeline: "Viestit: {name}", empty: "Täällä on vielä hiljaista. Kirjoita ensimmäinen viesti.",
    members: "{count} jäsentä", member: "1 jäsen", today: "Tänään", yesterday: "Eilen", edited: "muokattu",
    only_you: "Vain sinä näet tämän", thread: "Ketju", thread_close: "Sulje ketju", thread_open: "Vastaa ketjussa",
    reply: "1 vastaus", replies: "{count} vastausta", write_to: "Viesti: {name}", write_thread: "Vastaa ketjuun",
    send: "Lähetä", keys: "Enter lähettää, vaihto + Enter vaihtaa riviä", commands: "Komennot", mentions: "Mainitse",
    shortcuts: "Pikatoiminnot", prompts: "Kokeile vaikka näitä", unknown_command: "Komentoa {command} ei ole. Kirjoita / niin näet komennot.",
    status_of: "{name} {status}", close: "Sulje", cancel: "Peru", submit: "Lähetä", back: "Takaisin", confirm: "Vahvista",
    required: "Täytä tämä kohta.", too_short: "Kirjoita vähintään {count} merkkiä.", too_long: "Lyhennä enintään {count} merkkiin.",
    bad_email: "Kirjoita sähköpostiosoite, esim. nimi@esimerkki.fi.", bad_url: "Kirjoita osoite, joka alkaa https://.",
    bad_number: "Kirjoita luku.", small_number: "Anna vähintään {count}.", big_number: "Anna enintään {count}.",
    optional: "vapaaehtoinen", errors_found: "Tarkista {count} kohtaa.", error_found: "Tarkista yksi kohta.",
    modal_failed: "Lähetys ei onnistunut. Yritä hetken päästä uudelleen.", action_failed: "Toiminto ei onnistunut ({error}). Yritä uudelleen.",
    no_connection: "yhteys puuttuu", offline: "Yhteys simulaattoriin katkesi. Yhdistetään uudelleen…", online: "Yhteys palasi.",
    unsupported: "Lohkoa ei tueta: {type}", picture_missing: "Kuvaa ei voi näyttää: {alt}", choose: "Valitse", more: "Lisää toimintoja",
    search_more: "Kirjoita vähintään {count} merkkiä.", no_options: "Ei vaihtoehtoja. Kokeile toista hakusanaa.", remove: "Poista {name}",
    options_count: "{count} vaihtoehtoa", chosen: "Valittu: {name}", enough: "Enintään {count} valintaa.", helpful: "Hyödyllinen",
    not_helpful: "Ei hyödyllinen", dismiss: "Sulje ilmoitus", task_pending: "odottaa", task_in_progress: "kesken", task_complete: "valmis",
    task_error: "epäonnistui", sources: "Lähteet", alert_info: "Tieto", alert_success: "Onnistui", alert_warning: "Huomio", alert_error: "Virhe",
    characters_left: "{count} merkkiä jäljellä", start_failed: "Työtilaa ei saatu avattua. Tarkista, että simulaattori on käynnissä, ja lataa sivu uudelleen.",
  },
  sv: {
    banner: "SIMULATOR – inte Slack. Här finns inga riktiga uppgifter.",
    language: "svenska", choose_title: "Vem vill du vara?",
    choose_text: "Välj en person så ser du arbetsytan med hens ögon. Du kan byta när som helst.",
    choose_as: "Fortsätt som {name}", beside: "Sida vid sida", beside_open: "Öppna de valda sida vid sida ({count})",
    beside_hint: "Välj två eller tre personer.", beside_choose: "Visa sida vid sida: {name}",
    beside_back: "Tillbaka till personerna", pane_of: "Vy: {name}", no_people: "Arbetsytan är tom. Lägg till personer i startfilen.",
    gone: "avaktiverad", guest: "gäst", admin: "administratör", bot: "app",
    switch_person: "Byt person", wire: "Trafik", wire_text: "Trafiken mellan appen och simulatorn, nyast först.",
    wire_empty: "Ingen trafik ännu. Skriv ett meddelande eller tryck på en knapp.", wire_clear: "Töm", to_app: "till appen",
    from_app: "från appen", api: "anrop", skip: "Gå till skrivfältet", menu: "Öppna menyn", menu_close: "Stäng menyn",
    navigation: "Samtal", channels: "Kanaler", people: "Direktmeddelanden", apps: "Appar", unread: "{count} olästa",
    home: "Hem", messages: "Meddelanden", home_empty: "Appen har inte publicerat någon hemvy ännu. Vänta en stund eller öppna Meddelanden.",
    loading: "Laddar…", timeline: "Meddelanden: {name}", empty: "Här är det tyst än. Skriv det första meddelandet.",
    members: "{count} medlemmar", member: "1 medlem", today: "I dag", yesterday: "I går", edited: "redigerat",
    only_you: "Bara du ser detta", thread: "Tråd", thread_close: "Stäng tråden", thread_open: "Svara i tråd",
    reply: "1 svar", replies: "{count} svar", write_to: "Meddelande: {name}", write_thread: "Svara i tråden",
    send: "Skicka", keys: "Enter skickar, skift + Enter byter rad", commands: "Kommandon", mentions: "Nämn",
    shortcuts: "Genvägar", prompts: "Pröva till exempel", unknown_command: "Kommandot {command} finns inte. Skriv / så ser du kommandona.",
    status_of: "{name} {status}", close: "Stäng", cancel: "Avbryt", submit: "Skicka", back: "Tillbaka", confirm: "Bekräfta",
    required: "Fyll i den här punkten.", too_short: "Skriv minst {count} tecken.", too_long: "Korta ner till högst {count} tecken.",
    bad_email: "Skriv en e-postadress, t.ex. namn@exempel.fi.", bad_url: "Skriv en adress som börjar med https://.",
    bad_number: "Skriv ett tal.", small_number: "Ange minst {count}.", big_number: "Ange högst {count}.",
    optional: "frivillig", errors_found: "Kontrollera {count} punkter.", error_found: "Kontrollera en punkt.",
    modal_failed: "Det gick inte att skicka. Försök igen om en stund.", action_failed: "Åtgärden misslyckades ({error}). Försök igen.",
    no_connection: "förbindelse saknas", offline: "Förbindelsen till simulatorn bröts. Ansluter på nytt…", online: "Förbindelsen är tillbaka.",
    unsupported: "Blocket stöds inte: {type}", picture_missing: "Bilden kan inte visas: {alt}", choose: "Välj", more: "Fler åtgärder",
    search_more: "Skriv minst {count} tecken.", no_options: "Inga alternativ. Pröva ett annat sökord.", remove: "Ta bort {name}",
    options_count: "{count} alternativ", chosen: "Valt: {name}", enough: "Högst {count} val.", helpful: "Till hjälp",
    not_helpful: "Inte till hjälp", dismiss: "Stäng aviseringen", task_pending: "väntar", task_in_progress: "pågår", task_complete: "klart",
    task_error: "misslyckades", sources: "Källor", alert_info: "Information", alert_success: "Klart", alert_warning: "Obs", alert_error: "Fel",
    characters_left: "{count} tecken kvar", start_failed: "Arbetsytan kunde inte öppnas. Kontrollera att simulatorn är igång och ladda om sidan.",
  },
  en: {
    banner: "SIMULATOR – not Slack. There is no real data here.",
    language: "English", choose_title: "Who would you like to be?",
    choose_text: "Choose a person to see the workspace with their eyes. You can change at any time.",
    choose_as: "Continue as {name}", beside: "Side by side", beside_open: "Open the chosen side by side ({count})",
    beside_hint: "Choose two or three people.", beside_choose: "Show side by side: {name}",
    beside_back: "Back to the people", pane_of: "View of {name}", no_people: "The workspace is empty. Add people to the seed file.",
    gone: "deactivated", guest: "guest", admin: "admin", bot: "app",
    switch_person: "Change person", wire: "Wire", wire_text: "What passes between the app and the simulator, newest first.",
    wire_empty: "Nothing yet. Write a message or press a button.", wire_clear: "Clear", to_app: "to the app",
    from_app: "from the app", api: "call", skip: "Skip to writing a message", menu: "Open the menu", menu_close: "Close the menu",
    navigation: "Conversations", channels: "Channels", people: "Direct messages", apps: "Apps", unread: "{count} unread",
    home: "Home", messages: "Messages", home_empty: "The app has not published its Home yet. Wait a moment or open Messages.",
    loading: "Loading…", timeline: "Messages: {name}", empty: "It is quiet here. Write the first message.",
    members: "{count} members", member: "1 member", today: "Today", yesterday: "Yesterday", edited: "edited",
    only_you: "Only visible to you", thread: "Thread", thread_close: "Close the thread", thread_open: "Reply in a thread",
    reply: "1 reply", replies: "{count} replies", write_to: "Message {name}", write_thread: "Reply in the thread",
    send: "Send", keys: "Enter sends, Shift + Enter starts a new line", commands: "Commands", mentions: "Mention",
    shortcuts: "Shortcuts", prompts: "You could try", unknown_command: "There is no command {command}. Write / to see the commands.",
    status_of: "{name} {status}", close: "Close", cancel: "Cancel", submit: "Submit", back: "Back", confirm: "Confirm",
    required: "Please fill this in.", too_short: "Write at least {count} characters.", too_long: "Shorten to {count} characters at most.",
    bad_email: "Write an e-mail address, such as name@example.fi.", bad_url: "Write an address that starts with https://.",
    bad_number: "Write a number.", small_number: "Give at least {count}.", big_number: "Give at most {count}.",
    optional: "optional", errors_found: "Please check {count} fields.", error_found: "Please check one field.",
    modal_failed: "It could not be sent. Please try again in a moment.", action_failed: "That did not work ({error}). Please try again.",
    no_connection: "no connection", offline: "The line to the simulator broke. Connecting again…", online: "The line is back.",
    unsupported: "Unsupported block: {type}", picture_missing: "The picture cannot be shown: {alt}", choose: "Choose", more: "More actions",
    search_more: "Write at least {count} characters.", no_options: "No options. Try another word.", remove: "Remove {name}",
    options_count: "{count} options", chosen: "Chosen: {name}", enough: "At most {count} choices.", helpful: "Helpful",
    not_helpful: "Not helpful", dismiss: "Close the notice", task_pending: "waiting", task_in_progress: "under way", task_complete: "done",
    task_error: "failed", sources: "Sources", alert_info: "Information", alert_success: "Done", alert_warning: "Note", alert_error: "Error",
    characters_left: "{count} characters left", start_failed: "The workspace could not be opened. Check that the simulator is running, then load the page again.",
  },
};

/** Which of the page's languages serves *locale*. */
export function languageOf(locale) {
  const language = String(locale ?? "").slice(0, 2).toLowerCase();
  return Object.hasOwn(WORDS, language) ? language : "en";
}

let language = "en";

/** Choose the language of this page, for screen readers too. */
export function speak(locale) {
  language = languageOf(locale);
  document.documentElement.lang = language;
}

/** The words for *key* in the chosen language, with `{names}` filled in. */
export function t(key, values = {}) {
  const words = WORDS[language][key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
