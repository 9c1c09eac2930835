"""The journeys that must go well in all three engines: Blink (Chromium), Gecko (Firefox) and WebKit."""
