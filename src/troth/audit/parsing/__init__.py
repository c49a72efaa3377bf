"""Reading what a page says: amounts of money, durations, number words, structured data. Pure, no page ids."""
