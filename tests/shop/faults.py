"""The 64 faults, by the id of the rule that has to find each, and what each changes."""

FAULTS: dict[str, str] = {
    "load-speed": "Home and product pages are sent five seconds late.",
    "layout-stability": "A banner is pushed in above the content once everything stands.",
    "text-contrast": "Prices, notes and paragraphs are light grey on white.",
    "control-names": "Fields have no labels, pictures no alternative text, picture links no names.",
    "small-screen": "Below 500 pixels the page is 720 wide, its footer's text and links tiny.",
    "error-free": "A script throws, a script and a picture are missing, on every page.",
    "dead-links": "Six more links in the footer lead nowhere.",
    "language-coherence": "Long paragraphs of the pages are in another language than they declare.",
    "placeholder-text": "The about page keeps a sentence of its template.",
    "product-facts": "Product pages have one picture, no attributes and half a sentence of description.",
    "promo-restraint": "A panel that praises a category slides over the home and product pages.",
    "orientation": "There is neither a search nor a breadcrumb.",
    "imprint-reachable": "No page links to the imprint.",
    "imprint-complete": "The imprint lacks the register's number, the VAT id, the phone and the e-mail.",
    "contact-channels": "Phone and e-mail are gone from every page but the imprint; a form is left.",
    "returns-linked": "Neither the footer nor the product page links to the returns page.",
    "withdrawal-period": "The withdrawal period is seven days.",
    "withdrawal-function": "There is no way to withdraw from a contract on the site without an account.",
    "model-form": "The returns page offers no model withdrawal form.",
    "return-cost": "Nothing says who pays for a return.",
    "refund-time": "Nothing says when money is given back.",
    "shipping-cost-early": "Nothing about shipping cost stands beside a price or in the basket.",
    "delivery-time": "The product page does not say how long delivery takes.",
    "vat-included": "Nothing near a price says that VAT is included.",
    "price-coherence": "The structured data name a price five euros below the one shown.",
    "order-button": "The final button says 'send order' only.",
    "price-reduction-basis": "A price is struck that is not the lowest of the last 30 days.",
    "legal-guarantee": "Nothing speaks of the statutory guarantee.",
    "stale-odr": "The imprint links to the closed EU platform for disputes.",
    "payment-methods-early": "Nothing before the checkout says how one can pay.",
    "about-people": "The about page names no people, no history and no address.",
    "reviews-present": "Products show no reviews at all.",
    "review-authenticity-notice": "Nothing says whether or how reviews are checked.",
    "review-arithmetic": "The average shown is 4.9, that of the reviews listed 4.1 or so.",
    "review-spread": "All reviews have five stars and come from three days.",
    "review-duplicates": "Reviews of different customers say the same with a word changed.",
    "seal-verifiable": "The trust seal is a picture that leads nowhere.",
    "testimonial-source": "Testimonials on the home page have neither author nor date.",
    "https-everywhere": "Plain HTTP answers with the shop itself, and a form is sent over it.",
    "certificate-valid": "The certificate ends in five days.",
    "tls-modern": "TLS 1.0 and 1.1 are taken as well.",
    "security-headers": "No security header is sent.",
    "cookie-flags": "The session cookie is neither Secure nor HttpOnly nor SameSite.",
    "payment-handled-safely": "The card's number is typed into the shop's own form.",
    "vulnerable-scripts": "Every page loads a jQuery of 2012.",
    "privacy-policy": "The privacy page is one sentence.",
    "quiet-before-consent": "The trackers start before anyone was asked, and stop when refused.",
    "reject-equal": "The first layer of the consent dialog has no way to refuse.",
    "reject-honoured": "The trackers start after a refusal too.",
    "consent-preticked": "The purposes on the second layer are ticked.",
    "consent-withdrawable": "No link leads back to the consent dialog.",
    "logo-consistent": "Terms, privacy, basket and checkout show another logo, which links nowhere.",
    "style-consistent": "Basket and checkout have other fonts and colours.",
    "name-consistent": "Structured data, og:site_name, imprint and e-mail address name different shops.",
    "facts-consistent": "The help page names other return days and another limit for free shipping.",
    "service-promise": "Neither service hours nor a time for answers are named.",
    "chat-honest": "The chat bot presents itself as a member of staff.",
    "self-help": "There is no help page, no order status and no returns portal.",
    "guest-checkout": "The checkout wants an account.",
    "newsletter-fair": "The newsletter form says neither what it is for nor how to leave.",
    "evergreen-countdown": "A countdown of 15 minutes starts with every visit and starts again at its end.",
    "invented-activity": "The number of viewers and the stock left are rolled by dice in the page.",
    "sneaked-or-preticked": "An insurance lies in the basket, and the newsletter's box is ticked.",
    "drip-price": "A service fee appears on the last page of the checkout.",
    "pressing-words": "A refusal shames, and a care plan renews itself.",
}

_UNLINKED = "it stands on the page that no link leads to any more"
ALSO: dict[str, dict[str, str]] = {
    "returns-linked": dict.fromkeys(("withdrawal-period", "model-form", "refund-time"), _UNLINKED),
    "imprint-reachable": {"imprint-complete": _UNLINKED},
    "guest-checkout": dict.fromkeys(
        ("order-button", "payment-handled-safely"), "the walk ends where an account is wanted"
    ),
    "reviews-present": dict.fromkeys(
        ("review-arithmetic", "review-authenticity-notice", "review-duplicates", "review-spread"),
        "there are no reviews to judge",
    ),
}
"""For a fault: the other rules that rightly change with it, each with the reason."""

AWKWARD: dict[str, str] = {
    "true-countdown": "An offer with a countdown to one fixed moment, the same for everyone.",
    "small-business": "A small business that charges no VAT and says so, with no VAT id and no register.",
    "made-to-order": "Goods made to order, for which there is no right of withdrawal, which is said.",
    "provider-payment": "No card fields: the provider's page takes the payment after the order.",
    "few-reviews": "Two reviews on one product, none on the others, which is said.",
    "english-names": "Products with English brand names in a shop of another language.",
    "no-cookies": "No trackers, no cookie before the basket, hence no consent dialog.",
    "told-chat": "A chat bot that says it is one.",
    "freight-by-address": "Freight is known when the address is, which every price says.",
}
"""Honest shops that look unusual: no rule may take one for a fault."""

TOLD: dict[str, str] = {"pressing-words": "informative"}
"""Faults whose rule may not count them: the state it ends in instead of `failed`."""

SPARED: dict[str, dict[str, str]] = {}
"""For an awkward shop: rules that rightly fail all the same, each with the reason."""
