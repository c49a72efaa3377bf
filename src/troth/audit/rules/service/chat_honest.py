"""A chat in which a machine answers says so.

What it checks
    What shows of a chat: whether its code or its provider tells that a machine answers, and whether its words
    tell the visitor. Chats are not opened; what they say then is for a person to see.

Why it matters
    A machine that gives a good answer is welcome. One that was taken for a person, and found out, is not
    believed again, and neither is the shop. Since 2 August 2026 it has to be said.

How to mend it
    Let the chat open with the sentence that an assistant answers, and offer a person beside it.

Sources
    Regulation (EU) 2024/1689, Article 50(1). An indication, no legal advice.
"""

from troth.audit.facts.chat import Chat, Chats
from troth.audit.facts.site import Site
from troth.audit.law import applies
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, informative, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(chats: Chats, site: Site) -> Verdict:
    """Fails on a machine that speaks as a person; else tells what could be seen."""
    if not chats.chats:
        return not_applicable(_("No page could be seen.") if not chats.pages else _("There is no chat."))
    machines = [chat for chat in chats.chats if chat.machine or chat.says_so]
    hidden = [chat for chat in machines if not chat.says_so]
    posing = [chat for chat in hidden if chat.person]
    if posing:
        reason = _("A machine answers in the chat, and speaks as a person.")
        said = failed if applies("ai-act-50", site) else informative
        return said(reason, *(_proof(chat, chat.person) for chat in posing))
    if hidden:
        reason = _("A machine seems to answer in the chat; whether it says so shows only when it is opened.")
        said = needs_review if applies("ai-act-50", site) else informative
        return said(reason, *(_proof(chat, chat.machine) for chat in hidden))
    if machines:
        proofs = [_proof(chat, chat.says_so) for chat in machines]
        return passed(_("The chat says that a machine answers."), *proofs)
    proofs = [_proof(chat, chat.provider or chat.person) for chat in chats.chats]
    return informative(_("There is a chat; who answers in it was not tried."), *proofs)


def _proof(chat: Chat, quote: str) -> Proof:
    return Proof(chat.page, quote=quote, selector=chat.selector)


RULE = Rule(
    id="chat-honest",
    category="service",
    touchpoint="service",
    mechanism="reliability",
    title=lazy("A chat says when a machine answers"),
    failure=lazy("A machine in the chat speaks as a person"),
    question=lazy("Does a chat say when a machine answers?"),
    advice=lazy(
        "Let the chat open with the sentence that an assistant answers, and offer a person beside it."
    ),
    sources=("ai-act-50",),
    judge=judge,
    tags=("responsiveness",),
)
