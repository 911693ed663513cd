"""What happens to a wording between the physician's head and the file: abbreviations, capitals, lost accents, typos."""
import re
import unicodedata

FUNCTION_WORDS = re.compile(r"(?<![\w'])(?:de la |de l'|du |des |de |d'|la |le |l'|un |une |au |à la )(?=\w)", re.I)
ARTICLE_AFTER_HEAD = re.compile(r"^([^,:+]+?) (?:du |de la |de l'|des )([^,:+]+)$")
ASPIRATED = "(?!(?:ernie|anche|odgkin|irschsprung|aut|ors|uit))"
ELIDED = re.compile(rf"\b([Dd]|[Ll])[ea] (?=[aeiouâàéèêëîïôœ]|h{ASPIRATED})", re.IGNORECASE)
NEIGHBOURS = dict(zip("azertyuiopqsdfghjklmwxcvbn", "zarryyoipoqqsdfghjkkmxwvbv"))


def elide(text):
    """"de œdème" -> "d'œdème", with the aspirated h that occurs here left alone."""
    return ELIDED.sub(lambda word: word[1] + "'", text)


def without_accents(text):
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def normalised(text):
    """Two texts with the same value count as the same text."""
    return " ".join(re.findall(r"[a-z0-9]+", without_accents(text).lower()))


def share_a_word(one, other):
    words = [{word for word in normalised(text).split() if len(word) > 2 and word not in ("sur", "chez", "des")}
             for text in (one, other)]
    return bool(words[0] & words[1])


def patterns(abbreviations):
    """The table of abbreviations as (pattern, short forms), long expressions before their words."""
    return [(re.compile(r"(?<![\w-])" + re.escape(long) + r"(?![\w-])", re.I), short.split("|"))
            for long, short in sorted(abbreviations.items(), key=lambda entry: -entry[0].count(" "))]


def abbreviate(rng, text, abbreviations):
    for pattern, short_forms in abbreviations:
        if rng.random() < 0.7:
            text = pattern.sub(lambda _: rng.choice(short_forms), text)
    return text


def typo(rng, text):
    """Swaps, doubles, loses or misses one letter of one word of at least five letters."""
    words = [m for m in re.finditer(r"[^\W\d_]{5,}", text)]
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2:]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1:]
    return text[:at] + NEIGHBOURS.get(text[at].lower(), "e") + text[at + 1:]


def punctuate(rng, text):
    kind = rng.randrange(5)
    if kind == 0:
        return text + "."
    if kind == 1:
        return text.replace(", ", " ")
    if kind == 2:
        return text.replace(", ", " - ")
    if kind == 3:
        return text.replace("-", " ").replace("'", " ")
    return text.replace(", ", " / ") + " ++"


def apply(rng, text, abbreviations):
    """A third of the texts stay clean (but may begin with a capital), the others suffer one or more changes."""
    if rng.random() < 0.33:
        return text[0].upper() + text[1:] if rng.random() < 0.7 else text
    if rng.random() < 0.05:
        text = ARTICLE_AFTER_HEAD.sub(r"\2, \1", text)
    if rng.random() < 0.45:
        text = abbreviate(rng, text, abbreviations)
    if rng.random() < 0.25:
        text = FUNCTION_WORDS.sub("", text)
    if rng.random() < 0.20:
        text = punctuate(rng, text)
    if rng.random() < 0.35:
        text = typo(rng, text)
    if rng.random() < 0.45:
        text = without_accents(text)
    if rng.random() < 0.20:
        return (without_accents(text) if rng.random() < 0.8 else text).upper()
    return text[0].upper() + text[1:] if rng.random() < 0.4 else text
