"""What only the browser part needs: Chromium, a slow network, a certificate, the measuring script."""
