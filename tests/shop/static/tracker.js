// What a tracker does: it gives the visitor a number and reports the page.
document.cookie = `_ga=GA1.1.${Math.floor(Math.random() * 1e9)}; path=/; max-age=63072000; secure; samesite=lax`;
new Image().src = `https://www.google-analytics.com/collect?dl=${encodeURIComponent(location.pathname)}`;
