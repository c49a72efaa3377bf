"""What a process remembers of the experiences, added up, and brings up to date by what was appended.

Experiences are only ever appended to (`following`), until they are made anew or put in order. So sums over
all of them, once read, stay right when the rows that came since are added. They are integers: it does not
matter in which steps they were added up.
"""
