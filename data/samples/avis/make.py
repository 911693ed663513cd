"""Writes avis.csv, 180 French restaurant reviews as a spreadsheet saves them: semicolons, Windows-1252, CRLF.

usage: make.py [folder]
"""
import random
import sys
from pathlib import Path

DISHES = ["le bœuf bourguignon", "la crème brûlée", "le plat du jour", "le poisson", "la tarte aux pommes", "le café", "le menu à 18 €", "l'entrée",
          "la pizza", "le service", "l'accueil", "le gâteau au chocolat"]
STARTS = ["Hier soir", "À midi", "Franchement", "Pour nous", "En terrasse", "En famille", "Ce week-end", "Comme toujours", "Pour un anniversaire",
          "Après le théâtre"]
TOWNS = ["Orléans", "Nîmes", "Évry"]
VERDICTS = {
    "positif": (70, ["délicieux", "très frais", "copieux", "parfaitement cuit", "savoureux", "raffiné", "généreux", "fondant", "excellent", "plein de goût"],
                ["nous reviendrons", "merci à toute l'équipe", "je recommande", "une belle découverte", "un régal"]),
    "négatif": (60, ["trop salé", "froid", "brûlé", "sans goût", "immangeable", "trop gras", "pâteux", "trop cher", "fade", "à moitié cru"],
                ["nous ne reviendrons pas", "quelle déception", "à éviter", "on a attendu une heure", "je ne recommande pas"]),
}
ENDS = ["c'est noté", "nous étions quatre", "un samedi soir", "avec les enfants", "près de la gare", "à la mi-août"]
GOOD, BAD = VERDICTS["positif"][1], VERDICTS["négatif"][1]


def review(words, ends):
    dish, start, word, end = random.choice(DISHES), random.choice(STARTS), random.choice(words), random.choice(ends + ENDS)
    return random.choice([f"{start}, {dish} était {word} ; {end} !", f"{start} : {dish}, {word}. {end.capitalize()}.",
                          f"{dish.capitalize()} était {word}, {end}.", f"« {dish.capitalize()} » {word}... {end}"])


random.seed(3)
VERDICTS["mitigé"] = (50, [f"{good} mais {bad}" for good in GOOD for bad in BAD], ["à voir", "pourquoi pas", "quelle déception", "je recommande quand même"])
reviews = {}
for verdict, (count, words, ends) in VERDICTS.items():
    before = len(reviews)
    while len(reviews) < before + count:
        reviews.setdefault(review(words, ends), verdict)
rows = list(reviews.items())
random.shuffle(rows)
folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
with open(folder / "avis.csv", "w", encoding="cp1252", newline="") as file:
    file.write("avis;note;ville\r\n")
    for text, verdict in rows:
        file.write(";".join([f'"{text}"' if ";" in text else text, verdict, random.choice(TOWNS)]) + "\r\n")
