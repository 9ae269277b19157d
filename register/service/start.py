"""`/begin`: every room that somebody may enter on one page, with what one does there."""

from litestar import get
from litestar.response import Template

from auth.permissions import SIGNED_IN
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, render
from register.service.frame import navigation

OWN = ("/mijn", "/mijn/portfolio", "/mijn/cursussen", "/mijn/aanstellingen", "/mijn/gegevens", "/mijn/berichten")
HERE = "/begin"


def about() -> dict[str, str]:
    """What one does in a room, in one sentence."""
    return {
        "/mijn": _("Uw status, uw aanvragen en besluiten, en wat u nu kunt doen."),
        "/mijn/portfolio": _("Wat meetelt, wat nog nodig is, en een activiteit toevoegen."),
        "/mijn/cursussen": _("Geef uw oordeel over een cursus die u volgde."),
        "/mijn/aanstellingen": _("Zeg of klopt wat uw bestuur over uw baan doorgaf."),
        "/mijn/gegevens": _("Naam, adres, e-mailadres en hoe u besluiten krijgt."),
        "/mijn/berichten": _("Besluiten en ander bericht van het register."),
        "/gedeeld": _("Portfolio's van anderen die u mag bekijken."),
        "/collegas": _("Bevestig in uw eigen woorden wat een collega deed."),
        "/bestuur": _("Wie bij u werkt, de openbare status, en wat zij met u delen."),
        "/waarderingsgesprekken": _("Laat in een gesprek waarderen wat iemand leerde zonder cursus."),
        "/presentie": _("Plan een uitvoering en meld wie er was."),
        "/werk": _("Alles met een termijn, de dichtstbijzijnde dag eerst, en wie eraan werkt."),
        "/secretariaat": _("Kijk of een aanvraag compleet is, zet haar op de agenda en maak het besluit bekend."),
        "/presentie-controle": _("Presentie die niet vanzelf bij iemand hoort, of die iemand betwist."),
        "/zittingen": _("Lees de dossiers op de agenda, stem, en lees eerdere zittingen terug."),
        "/maatregelen": _("Doorhaling en verval: voornemen, zienswijze en besluit van twee personen."),
        "/heroverwegingen": _("Besluiten die steunden op een besluit dat is veranderd."),
        "/correcties": _("Een definitief besluit dat niet klopt, vervangen."),
        "/kantoor": _("De regels in woorden, de kalender, de dagelijkse taken, en wat er wacht."),
        "/logboek": _("Wie wat deed in een dossier, en of het spoor klopt."),
        "/kantoor/personen": _("Zoek iemand op, voeg dubbele personen samen, help met een account."),
        "/voorstellen": _("Wat twee mensen samen doen: lees wat een collega voorstelt, en teken."),
        "/kantoor/post": _("Druk brieven af en noteer wanneer zij op de post gingen."),
        "/beheer/rollen": _("Wie welke functie heeft; de een stelt voor, de ander tekent."),
        "/waarderen": _("Activiteiten die op een waardering wachten, de oudste eerst."),
        "/bezwaren": _("Zaken met hun termijnen, stukken, hoorzitting en beslissing."),
        "/uitspraken": _("Zoek wat eerder is beslist, zonder namen."),
        "/aanbieder": _("Uw organisatie, uw aanvragen voor cursussen en uw geaccrediteerde aanbod."),
        "/accreditatie": _("Aanvragen voor cursussen en aanbieders die toegelaten willen worden."),
        "/accreditatie/instellingen": _("Aanbieders die met een eigen verklaring mogen volstaan."),
        "/controles": _("De jaarlijkse steekproef van aanbieders: rapport, reactie en maatregel."),
        "/accreditatie/zittingen": _("Lees de dossiers van cursussen, stem, en lees eerdere zittingen terug."),
    }


@get(HERE, requires=SIGNED_IN)
async def start(request: AnyRequest, work: WorkDep) -> Template:
    """One's work first, then what is about oneself."""
    said = about()
    rooms = {one["href"]: one["label"] for one in navigation(work, HERE) if one["href"] != HERE}
    rooms |= {"/gedeeld": _("Met u gedeeld"), "/collegas": _("Verzoeken van collega's")}
    shown = [{"href": href, "title": title, "about": said.get(href, "")} for href, title in rooms.items()]
    own = {*OWN, "/gedeeld", "/collegas"}
    return render(
        request,
        "mine/rooms.html",
        work,
        work_rooms=[one for one in shown if one["href"] not in own],
        own_rooms=[one for one in shown if one["href"] in own],
    )


HANDLERS = [start]
