"""What users see where an article was corrected after a message showed its words."""

CORRECTED = "✏️ Corrected"
REPLACED = "{old} → {new}"
GONE = "{old}: no longer in the article"
HEADLINE = "headline: {note}"
RETRACTED = "⚠️ Retracted"
RETRACTED_BY = "{outlet} says that it retracted this article."
ABOVE = "{title}, “{headline}”: {notes}"
