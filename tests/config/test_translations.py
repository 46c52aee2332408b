import gettext
from textwrap import dedent

import polib
import pytest

from config import translations

ROOMS = ["config", "portal"]


@pytest.fixture
def write(tmp_path):
    def write_file(path, content):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(content))

    return write_file


@pytest.fixture
def catalogue(write):
    def write_catalogue(room, content):
        write(
            f"{room}/locale/ja/LC_MESSAGES/django.po",
            'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n' + dedent(content),
        )

    return write_catalogue


def problems(root):
    return sorted(translations.problems(root, ROOMS))


def test_texts_are_found_in_python_and_in_templates_with_their_places(tmp_path, write):
    write(
        "portal/views.py",
        """\
        from django.utils.translation import gettext_lazy as _, ngettext, pgettext

        a = _("from " "Python")
        b = ngettext("one line", "{count} lines", 3)
        c = pgettext("of a month", "May")
        d = _(a)
        """,
    )
    write(
        "templates/portal/home.html",
        """\
        {% load i18n %}
        <p>{% translate "from a template" %}</p>
          {% if lines %}
        <p title="{{ _('a title') }}">
            {% blocktranslate trimmed with name=user.name %}
              Hello
              {{ name }}
            {% endblocktranslate %}</p>
          {% endif %}
        {% blocktranslate count n=lines|length %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}
        """,
    )
    write("templates/account/login.html", '{% load i18n %}{% translate "Sign in" %}')
    found = translations.collect(tmp_path, ROOMS)
    assert dict(found["portal"]) == {
        translations.Text("from Python"): ["portal/views.py:3"],
        translations.Text("one line", plural="{count} lines"): ["portal/views.py:4"],
        translations.Text("May", context="of a month"): ["portal/views.py:5"],
        translations.Text("from a template"): ["templates/portal/home.html:2"],
        translations.Text("a title"): ["templates/portal/home.html:4"],
        translations.Text("Hello %(name)s"): ["templates/portal/home.html:5"],
        translations.Text("%(n)s row", plural="%(n)s rows"): ["templates/portal/home.html:10"],
    }
    assert dict(found["config"]) == {translations.Text("Sign in"): ["templates/account/login.html:1"]}


def test_migrations_say_nothing_to_people(tmp_path, write):
    write("portal/migrations/0001.py", '_("old name")')
    assert not translations.collect(tmp_path, ROOMS)["portal"]


def test_a_missing_text_is_named_with_its_place(tmp_path, write, capsys):
    write("portal/views.py", '_("Pay now")')
    assert problems(tmp_path) == [
        "portal/views.py:1: 'Pay now' is missing from portal/locale/ja/LC_MESSAGES/django.po"
    ]
    assert translations.check(tmp_path, ROOMS) == 1
    assert "1 to put right" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('msgid "Pay %(yen)s"\nmsgstr ""', "has no Japanese"),
        ('#, fuzzy\nmsgid "Pay %(yen)s"\nmsgstr "%(yen)sを払う"', "is marked fuzzy"),
        ('msgid "Pay %(yen)s"\nmsgstr "%(en)sを払う"', "do not have the same placeholders"),
    ],
)
def test_an_unfinished_entry_is_named_with_its_line(tmp_path, write, catalogue, entry, complaint):
    write("portal/views.py", '_("Pay %(yen)s")')
    catalogue("portal", entry)
    (found,) = problems(tmp_path)
    assert found.startswith("portal/locale/ja/LC_MESSAGES/django.po:")
    assert complaint in found


def test_an_unused_entry_is_named(tmp_path, write, catalogue):
    catalogue("portal", 'msgid "Gone"\nmsgstr "ない"\n')
    assert "'Gone' is used nowhere in portal" in problems(tmp_path)[0]


def test_one_text_has_one_japanese_in_all_rooms(tmp_path, write, catalogue):
    write("portal/views.py", '_("line")')
    write("config/views.py", '_("line")')
    catalogue("portal", 'msgid "line"\nmsgstr "契約者回線"\n')
    catalogue("config", 'msgid "line"\nmsgstr "行"\n')
    (found,) = problems(tmp_path)
    assert "'line' is '契約者回線' here and '行' at config/locale" in found


def test_complete_catalogues_have_nothing_to_put_right(tmp_path, write, catalogue, capsys):
    write("portal/views.py", '_("%(n)s line")\nngettext("{n} day", "{n} days", 2)')
    catalogue(
        "portal",
        """
        msgid "%(n)s line"
        msgstr "%(n)s本の回線"

        msgid "{n} day"
        msgid_plural "{n} days"
        msgstr[0] "{n}日"
        """,
    )
    assert translations.check(tmp_path, ROOMS) == 0
    assert capsys.readouterr().out == "Every text has its Japanese.\n"


def test_update_adds_what_is_missing_and_leaves_the_rest(tmp_path, write, catalogue):
    write("portal/views.py", '_("old")\n_("new")\nngettext("a day", "{n} days", 1)')
    catalogue("portal", 'msgid "old"\nmsgstr "古い"\n\nmsgid "gone"\nmsgstr "ない"\n')
    translations.update(tmp_path, ROOMS)
    after = polib.pofile(str(translations.catalogue_path(tmp_path, "portal")))
    assert [(entry.msgid, entry.msgstr) for entry in after] == [
        ("old", "古い"),
        ("gone", "ない"),
        ("new", ""),
        ("a day", ""),
    ]
    translations.prune(tmp_path, ROOMS)
    after = polib.pofile(str(translations.catalogue_path(tmp_path, "portal")))
    assert "gone" not in [entry.msgid for entry in after]


def test_what_is_compiled_is_what_python_reads(tmp_path, catalogue):
    catalogue("portal", 'msgid "line"\nmsgstr "契約者回線"\n\nmsgid "unfinished"\nmsgstr ""\n')
    translations.compile_all(tmp_path, ROOMS)
    with translations.catalogue_path(tmp_path, "portal").with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("line") == "契約者回線"
    assert read.gettext("unfinished") == "unfinished"


def test_a_changed_catalogue_is_compiled_again(tmp_path, catalogue):
    for japanese in ("回線", "契約者回線"):
        catalogue("portal", f'msgid "line"\nmsgstr "{japanese}"\n')
        translations.compile_all(tmp_path, ROOMS)
        with translations.catalogue_path(tmp_path, "portal").with_suffix(".mo").open("rb") as file:
            assert gettext.GNUTranslations(file).gettext("line") == japanese


def test_the_command_without_a_known_word_says_how_it_is_used(capsys):
    assert translations.main(["chek"]) == 2
    assert "config.translations check" in capsys.readouterr().err
