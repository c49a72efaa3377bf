"""Words that a language cannot do without, with which it gives itself away.

The most frequent ones of the three languages that are read, and enough of their neighbours' and of those that
customers in Dutch and German shops write most. A word that stands in two lists votes for none.
"""

COMMON: dict[str, str] = {
    "nl": """
        aan al alle alleen alles als altijd andere bedankt ben bent beetje best beter betaald bij bijna
        bijzonder blij daar daarna dan dat de deze die dit doen door dus duidelijk dure duur echt een één
        eens eerst eerste en enkel er erg eten even ga gaan gaat gebeld geen gekregen geld gewoon geweest
        geweldig gezellig goed goede graag groot had hadden heb hebben hebt heeft heel heerlijk helaas
        helemaal het hij hoe hun iets ik ineens is jaar jammer je jij jullie kan keer klant klanten komen
        komt kon krijg krijgen krijgt kunnen kunt kwaliteit laat laatste lekker lekkere lang lange leuk
        leuke maar maken me meer meerdere meteen met mij mijn misschien moet moeten moest mooi mooie na naar
        natuurlijk net niemand niet niets niks nog nooit nu of om omdat onder ons onze ook op over paar pas
        prachtig prima probleem reactie snel snelle slecht slechte soms staat steeds te tegen terug teveel
        toch toen tot tussen twee u uit uur uw van vanaf veel verder verhaal vind vinden vindt volgende voor
        vooral vriendelijk vriendelijke wachten want waar waren waarom was wat weer wel welke werd werden
        werken werkt weten wie wij wil wilde willen wordt worden zal ze zeer zeker zelf zelfs zich zien zijn
        zo zoals zonder zou zouden bestelling besteld ontvangen levering bezorgd bezorging klantenservice
        aanrader aangekomen tevreden boek lezen gelezen schrijver personeel bediening sfeer mensen kamer
        prijs prijzen gerechten vlees redelijk jouw da ni nie gij hele heer mevrouw dag vandaag gisteren
        morgen nieuw nieuwe beste allemaal ipv zn m'n z'n zo'n 't d'r
    """,
    "de": """
        aber alle allem allen alles als also am an andere auch auf aus bei beim bekommen bestellt besser bin
        bis bisher bitte bleibt buch da dabei dadurch dafür dagegen danach dann das dass daß davon dazu dein
        dem den denn der deren des deshalb dich die dies diese diesem diesen dieser dieses doch dort du
        durch eigentlich ein eine einem einen einer eines einfach einmal endlich er erst es etwas euch euer
        eure für fuer ganz gar geht gekauft gelesen gemacht gerade gern gerne geschrieben gewesen gibt gut
        gute guten guter gutes habe haben hab hat hatte hatten hätte heute hier hinter ich ihm ihn ihnen ihr
        ihre ihrem ihren im immer in indem ins ist ja jede jeder jedoch jetzt kann kannst kaum kein keine
        keinen können könnte konnte leider lange mal man mehr mein meine meinem meinen meiner mich mir mit
        möchte muss müssen musste nach nachdem nicht nichts nie noch nun nur ob oder ohne schnell schlecht
        schon sehr sei sein seine seinen seiner seit sich sie sind so sogar soll sollte sondern sonst trotz
        trotzdem über ueber um und uns unser unsere unter viel viele vom von vor während war waren wäre
        warum was wegen weil weiter wenig wenn wer werde werden wie wieder will wir wird wirklich wo wollen
        wollte wurde wurden würde zu zum zur zurück zwar zwei zwischen lieferung ware kundenservice paket
        bahn zug züge verspätung danke vielen deutsche deutschen bahnhof jahre jahr uhr tage tagen wochen
        geld kunde kunden mitarbeiter freundlich zufrieden empfehlen bestellung erhalten angekommen
        schön gibt's geht's hab's nix ned net isch weiss gross
    """,
    "en": """
        a about after again all also always an and any anyone are aren't around as ask asked at away back be
        because been before being best better but by call called came can can't cannot could couldn't
        customer customers day days delivery did didn't do does doesn't doing don't done down each even ever
        every everything excellent few first flight food for found friendly from get gets getting give go
        going good got great had has hasn't have haven't having he help her here him his horrible hours how
        i i'd i'll i'm i've if in into is isn't it it's its just keep know last like little long look love
        made make many me minutes more most much must my need never new nice no not nothing now of off ok
        old on once one only or order ordered other our out over people phone place please price quality
        quick quickly really received recommend refund right said same say screen see she should since so
        some someone something staff still such sure take tell terrible thank thanks that that's the their
        them then there these they they're thing think this those though thought through time to told too
        took tried try two until up us use used using very wait waiting want wanted was wasn't way we well
        went were what when where which while who why will with without won't work worked working works
        worst would wouldn't year years yes yet you you're your amazing awesome bad sorry u ur ive im dont
        cant didnt doesnt
    """,
    "fr": """
        le la les des du et est une dans pour pas plus que qui sur avec vous nous je mais très ce
        cette c'est j'ai n'est au aux ou où sont été avoir être fait bien tout tous mon ma mes votre notre
        merci produit commande livraison bonjour aussi comme jamais rien reçu ne se il elle d'un d'une
        qualité trop encore
    """,
    "es": """
        a el los las es una por con para que pero muy no como más este esta todo bien está ha he
        mi su sus lo al del gracias producto pedido servicio nunca también porque cuando sin sobre hay fue
        son ser tiene llegó todavía bueno buena malo mala recomiendo envío calidad
    """,
    "pt": """
        a e me o os as um uma não com para que por mais muito bem é foi está mas como meu minha produto
        entrega ainda obrigado recebi ótimo bom boa chegou antes prazo comprei loja são eu ele já só nem
        também do da dos das no na nos nas em pelo pela quando tudo recomendo veio você
    """,
    "it": """
        a e me il lo gli di che non per con una un è sono ho ma molto come più questo questa anche
        della del dei nel alla al prodotto ottimo tutto bene spedizione grazie consegna perfetto mai ancora
        dopo sempre servizio arrivato ordine ordinato qualità senza
    """,
    "pl": """
        nie się jest z że bardzo jak co za po dla mi mnie już tylko był była było oraz przez
        polecam dobry dobra szybko produkt zamówienie przesyłka wszystko jestem dziękuję obsługa są ze
    """,
    "tr": """
        ve bir bu çok için ile daha ama gibi kadar ne var yok değil ürün kargo geldi hızlı teşekkürler
        güzel iyi kötü bana ben hiç sonra tavsiye ederim sipariş olarak oldu aldım elime
    """,
    "sv": """
        och att det är inte som på för med en jag har av till den mycket men från var om bra tack också
    """,
    "da": """
        og det ikke som på med en jeg har af til meget fra var god tak også hvor
    """,
    "no": """
        og det ikke som på med en jeg har av til veldig fra var god takk også hvor
    """,
    "cs": """
        se že není jsem jak tak pro jako velmi zboží byl bylo děkuji jsou objednávka doporučuji
    """,
    "ro": "și nu este cu pentru că mai foarte sunt din pe fost produs mulțumesc dar ca",
}
