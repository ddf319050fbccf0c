"""Documents written rule by rule are the same as written at once."""

import json

from app import paths
from app.core import rules
from app.core.edits import PutRule
from app.gateway.messages import Reply, from_core
from app.gateway.outbox import to_json
from app.gateway.rule_views import RulesResult
from app.gateway.ruletext import RuleText, content_of
from tests.app.gateway.play import rule

STARTER = rules.load((paths.resources() / "rules" / "starter.json").read_text(encoding="utf-8"))
ODD = rules.from_content(
    {
        "version": 2,
        "groups": [{"id": "g", "name": "Động\ncơ"}, {"id": "", "name": 5}],
        "rules": [7, rule("a", note='"\n\\').model_dump(mode="json"), {"id": "bad"}],
    }
)


def test_the_text_is_the_one_of_the_core_also_after_edits():
    writer = RuleText()
    for document in (STARTER, ODD, rules.RuleDocument(), STARTER):
        assert writer.text(document) == rules.dump(document)
    changed = PutRule(STARTER.rules.rules[0].model_copy(update={"name": "Other"})).apply(STARTER)
    assert writer.text(changed) == rules.dump(changed)


def test_the_content_is_the_one_of_the_core():
    for document in (STARTER, ODD, rules.RuleDocument()):
        assert content_of(document) == rules.to_content(document)


def test_a_reply_with_rules_says_the_same_as_any_other():
    content = content_of(ODD)
    reply = Reply(id=7, rules=RulesResult(revision=3, profile='"content":null}', content=content))
    assert from_core.validate_json(to_json(reply)) == reply
    assert json.loads(to_json(reply))["type"] == "reply"
