"""What the trail's actions are called on its page; the twin and the files have their ids."""

from __future__ import annotations

from collections.abc import Mapping

from troth.store.office.trail import Action
from troth.texts import Lazy, lazy

NAMES: Mapping[Action, Lazy] = {
    Action.SIGNED_IN: lazy("Signed in"),
    Action.SIGN_IN_REFUSED: lazy("Sign-in refused"),
    Action.SIGNED_OUT: lazy("Signed out"),
    Action.LOCKED_OUT: lazy("Locked out for a while"),
    Action.SESSION_ENDED: lazy("Another browser signed out"),
    Action.ACCOUNT_MADE: lazy("Account made"),
    Action.ACCOUNT_CHANGED: lazy("Account changed"),
    Action.ACCOUNT_DISABLED: lazy("Account disabled"),
    Action.LINK_MADE: lazy("Link made for an account"),
    Action.PASSWORD_CHANGED: lazy("Password changed"),
    Action.PASSKEY_ADDED: lazy("Passkey added"),
    Action.PASSKEY_REMOVED: lazy("Passkey removed"),
    Action.KEY_MADE: lazy("API key made"),
    Action.KEY_REVOKED: lazy("API key revoked"),
    Action.ENDPOINT_MADE: lazy("Webhook endpoint made"),
    Action.ENDPOINT_CHANGED: lazy("Webhook endpoint changed"),
    Action.ENDPOINT_SECRET_CHANGED: lazy("New secret for a webhook endpoint"),
    Action.ENDPOINT_REMOVED: lazy("Webhook endpoint removed"),
    Action.PERSON_SEEN: lazy("Looked at a person"),
    Action.PERSON_EXPORTED: lazy("Person’s data exported"),
    Action.PERSON_ERASED: lazy("Person erased"),
    Action.RECORDS_IMPORTED: lazy("Records imported"),
    Action.RECORDS_SEEN: lazy("Looked at records"),
    Action.QUARANTINE_SEEN: lazy("Looked at the quarantine"),
    Action.QUARANTINE_REPLAYED: lazy("Quarantine read anew"),
    Action.BLUEPRINT_CHANGED: lazy("Blueprint changed"),
    Action.ANNOTATION_MADE: lazy("Note made in the charts"),
    Action.ANNOTATION_REMOVED: lazy("Note removed from the charts"),
    Action.SETTING_CHANGED: lazy("Setting changed"),
    Action.RETENTION_APPLIED: lazy("Old records removed"),
    Action.BACKUP_MADE: lazy("Backup made"),
}
