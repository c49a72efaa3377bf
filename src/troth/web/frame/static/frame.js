// On a phone the menu is a row that scrolls: show the page one is on.
const menu = document.querySelector(".menu ul");
const here = menu?.querySelector("[aria-current]");
if (here) menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
