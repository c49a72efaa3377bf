"""What all pages share: layout, filters, twins, tables, errors, files that do not change."""
