"""Words that tell people from companies: common given names, and what companies are called by."""

import re

_NAMES = """
aaron abdul achim adam adrian agnes ahmed alan albert alex alexander alexandra alfred ali alice alina amanda
amber amelia amir amy andre andrea andreas andrew andré angela angelika anita anja anke ann anna anne anneke
annemarie annette annika anouk anton antonia arie arjan arjen arno arthur astrid axel ayse ayşe bart bas
bastian beate becky ben benjamin bernd bert bianca bianka björn bob bram brenda brian brigitte britta bruno
bärbel carina carl carla carmen carolin caroline catherine cees charles charlotte chloë chris christa
christel christian christiane christina christine christoph christopher claire clara claudia colin conny cor
cornelia craig daan daniel daniela danielle dave david dennis desiree diana diane dick dieter dietmar dirk
doris dorothea désirée ed eddy edward edwin elena elisabeth elizabeth elke ellen els elsa emily emma emre
eric erica erik erika ernst erwin esther eva evelien evelyn fabian fatima fatma felix femke ferdinand ferry
finn florian frances frank franz fred frederik frits fritz gabi gabriele gareth gary geert george gerald
gerard gerd gerda gerhard gerrit gert gertrud gisela graham guido gustav guus götz günter günther hanna
hannah hannelore hannes hans harald harry hassan heather heidi heike heiko hein heiner heinrich heinz helen
helena helga helmut hendrik henk henning henri henry herbert herman hermann hilde holger horst hubert hugo
ian ilse ina ines inga inge ingo ingrid irene iris irma isabel isabella jaap jack jacob jacqueline jake
jakob james jan jana jane janet janine jasmin jason jasper jean jeannette jelle jenna jennifer jenny jens
jeroen jessica jill jim jo joachim joan joanne joe joep johan johanna johannes john jolanda jonas jonathan
joost jordan jorg joris jos josef joseph josh joshua joyce judith julia julian julie jurgen justin jutta
jörg jörn jürgen kai karen karin karl karsten kate katharina katherine kathrin kathy katja katrin kay kees
keith kelly kerstin kevin kim kirsten klaas klaus koen kurt käthe lars laura lauren lea lena leni leo leon
leonie liam lian lieke liesbeth linda lisa loes lore lothar lotte louis louise loïs luca lucas lucy ludwig
luisa luuk lydia lütfi maaike maarten mandy manfred manon manuel manuela marc marcel marco margaret margot
margriet maria marianne marie marieke marijke marina mario marion marjan mark markus marleen marlies martha
martijn martin martina mary mathias matthew matthias maud maurice max maxime mehmet melanie melissa menno
merel mia michael michaela michel michelle mieke mike milan minh miriam mohamed mohammed monica monika
monique mustafa nadia nadine nancy natalie natascha nele nick nico nicola nicole niels nienke nils nina noah
nora norbert noël olaf oliver olivia omar oscar otto pascal patricia patrick paul paula pauline peter petra
phil philip philipp piet pieter pim rachel rainer ralf ralph ramona raymond rebecca regina reinhard renate
rene rené renée rianne richard rick rita rob robbert robert robin roel roger roland rolf roman ron ronald
roos rosa rose rosemarie roy rudi rudolf ruth ryan rüdiger sabine sally sam samantha samuel sandra sanne
sara sarah sascha saskia scott sean sebastian sibylle sigrid silke silvia simon simone sjoerd sofia sofie
sonja sophia sophie stefan stefanie stella stephan stephanie stephen steve steven stijn stuart sue susan
susanne suzanne sven svenja sylvia sören tamara tanja tara ted teun thea theo theresa thijs thomas thorsten
tim timo tina tobias tom tony torsten tracy trudy udo ulla ulrich ulrike ursula ute uwe vanessa vera victor
victoria viktor vincent volker walter wendy werner wibke wiebke wilhelm willem wilma wim wolfgang wouter
yasmin yusuf yvonne zoe zoë ömer özlem
"""
GIVEN = frozenset(_NAMES.split())
"""Common given names in Dutch, German and English, in lower case."""

_COMPANY = re.compile(
    r"(?i:Allianz|Aviva|Axa|Achmea|Aegon|Interpolis|Centraal Beheer|Univ[eé]|Ohra|Ditzo"
    r"|Zilveren Kruis|Menzis"
    r"|Nationale|Ergo|Huk|Debeka|Gothaer|Generali|Barmenia|Signal Iduna|Hamburg-Mannheimer|Cosmos"
    r"|Zurich|Zürich"
    r"|Wüstenrot|Provinzial|Helvetia|Concordia|Barmer|Techniker|Amazon|Zalando|Ikea|Lidl|Aldi|Rewe"
    r"|Edeka|Telekom"
    r"|Vodafone|Ziggo|Odido|Bol|Coolblue|Wehkamp|Hema|Jumbo|Rabo|Booking|Eurowings|Lufthansa|Condor"
    r"|Transavia"
    r"|United|Delta|American|Southwest|Virgin|British|Admiral|Churchill|Bupa|Prudential|Tesco|Argos"
    r"|Netflix|Google"
    r"|Microsoft|Apple|Samsung|Siemens|Bosch|Miele|Philips|Hermes|Fedex|Eneco|Essent|Vattenfall|Deutsche"
    r"|Nederlandse|Mediamarkt|Saturn|Facebook|Twitter|Ebay|Klarna|Adidas|Nike)(?![^\W\d_])"
    r"|(?i:[^\W\d_]*(?:versicherung(?:en)?|verzekering(?:en)?|insurance|assurance|kasse|bank"
    r"|airlines?|airways|air"
    r"|direkt|direct|versand|energie|energy|mobil|bahn|verein|gmbh|group|shop|store|apotheke"
    r"|hotel))(?![^\W\d_])"
)
_BUILT = re.compile(r"[A-ZÄÖÜ]{2,4}(?![^\W_])|[A-Z][a-z]{2,}[A-Z]\w+")


def given(name: str) -> bool:
    """Whether a name begins with a common given name or an initial."""
    first = re.split(r"[ ]", name.strip(), maxsplit=1)[0]
    return first.lower() in GIVEN or re.fullmatch(r"(?:[A-Z]\.)+", first) is not None


def company(name: str) -> bool:
    """Whether a name is rather a company's: known, or with such a word in it."""
    return not given(name) and _COMPANY.match(name.strip()) is not None


def brand(name: str) -> bool:
    """Whether it is a company's, or looks so: `AXA`, `JetBlue`."""
    return company(name) or (not given(name) and _BUILT.match(name.strip()) is not None)


def person(whose: str, name: str) -> bool:
    """Whether somebody, not a company, is who signs as “Ihr Klaus Weber”: what is “Ihre” is hardly a man."""
    return given(name) or (whose.lower() == "ihr" and " " in name and not company(name))
