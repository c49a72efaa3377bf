"""What touches the live shop and brings plain data home. Playwright's async interface throughout."""
