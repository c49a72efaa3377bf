"""The terms of a text: its words, and two in a row, without those that say nothing by themselves."""

from troth.reading.cleaning import cleaned
from troth.reading.tokens import sign, tokenised

_NEGATORS = {
    "nl": "niet geen nooit niets niks zonder",
    "de": "nicht kein keine keinen keiner keinem nie niemals nichts ohne",
    "en": "not no never nothing without don't didn't doesn't can't isn't wasn't won't couldn't",
}
"""They say nothing alone, but they change the word behind them."""

_SILENT = {
    "nl": """
        aan al alle alleen alles als altijd andere ben bent bij daar dan dat de deze die dit doen door dus een
        één eens en er erg even ga gaan gaat gewoon graag had hadden heb hebben hebt heeft heel helemaal het
        hier hij hoe hun iets ik in is ja je jij jou jouw jullie kan kon konden kun kunnen kunt maar maken me
        meer men met mij mijn moest moet moeten na naar nee net nog nu of om omdat onder ons onze ook op over
        toch toen tot tussen u uit uw van veel verder via voor vooral waar waren waarom was wat we weer wel
        welke werd werden wie wij wil wilde willen word worden wordt zal ze zeer zei zeker zelf zich zij zijn
        zo zoals zou zouden zult hoor daarom daarna hem haar hele echt want toe af terug wij beide elke elk
        paar keer had steeds dacht vind vindt vinden vond kwam komt komen kom ging krijg krijgt kreeg gekregen
        goed goede
    """,
    "de": """
        ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist
        bitte da dabei dadurch dafür damit danach dann das dass dein dem den denn der des dessen deshalb dich
        die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines
        einfach einmal er es etwas euch euer eure für ganz gar geht gibt habe haben hab hat hatte hatten hätte
        hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem jeden jeder
        jedes jetzt kann kannst können könnte konnte konnten machen macht mal man mehr mein meine meinem
        meinen meiner mich mir mit muss müssen musste nach nachdem noch nun nur ob oder schon sehr sei sein
        seine seinen seiner seit sich sie sind so sogar soll sollen sollte sondern sonst trotzdem über um und
        uns unser unsere unseren unter viel viele vom von vor war waren warum was weil weiter welche wenn wer
        werde werden wie wieder will wir wird wirklich wo wohl wollen wollte worden wurde wurden würde zu zum
        zur zwar kam kommt kommen gut gute guten zwei leider
    """,
    "en": """
        a about after again all also am an and any are around as ask at back be because been before being both
        but by came can could did do does doing done down each even ever every few for from get gets getting
        give go going got had has have having he her here him his how i i'd i'll i'm i've if in into is it
        it's its just know last like make many me more most much must my need now of off on once one only or
        other our out over own per put really said same say see she should since so some still such take than
        that that's the their them then there these they they're this those though through to too under until
        up upon us use used very want was we well went were what when where which while who why will with
        would yes yet you your you're i’m i’ve it’s that’s good
    """,
}
_STOP = {name: frozenset(words.split()) for name, words in _SILENT.items()}
_NOT = {name: frozenset(words.split()) for name, words in _NEGATORS.items()}

SHORTEST = 3
"""Letters of a word that may stand alone."""


def terms(text: str, language: str) -> dict[str, str]:
    """The terms of a masked text in lower case, each as it is first written.

    Placeholders of masked data, addresses and numbers are none, and what stands on both sides of them, or of
    a sign, is not in a row.

    >>> sorted(terms("De bezorging kwam niet op tijd, [name].", "nl"))
    ['bezorging', 'tijd']
    """
    silent, negators = _STOP.get(language, frozenset()), _NOT.get(language, frozenset())
    found: dict[str, str] = {}
    last = ""
    for token in tokenised(cleaned(text).text)[0]:
        word = token.lower()
        if sign(token) != "word" or not token.replace("'", "").replace("’", "").isalpha() or word in silent:
            last = ""
            continue
        if last and word not in negators:
            found.setdefault(f"{last.lower()} {word}", f"{last} {token}")
        if len(word) >= SHORTEST and word not in negators:
            found.setdefault(word, token)
        last = token
    return found
