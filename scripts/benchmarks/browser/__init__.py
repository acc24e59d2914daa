"""Used only by the browser part: Chromium, a slow network, a certificate, the measuring script."""
