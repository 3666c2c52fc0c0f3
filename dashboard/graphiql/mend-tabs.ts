/**
 * GraphiQL calls its tabs tabs, though each holds buttons, which nothing inside of a tab may be: a screen reader would not
 * find them. As a list of buttons, one of which is the current one, they say the same.
 * @returns what ends it.
 */
export function mendTabs(root: HTMLElement): () => void {
  const mend = () => {
    for (const list of root.querySelectorAll('[role="tablist"]')) list.setAttribute('role', 'list');
    for (const item of root.querySelectorAll('.graphiql-tab[aria-selected]')) {
      const isSelected = item.getAttribute('aria-selected') ?? 'false';
      item.removeAttribute('aria-selected');
      item.setAttribute('role', 'listitem');
      item.querySelector('button')?.setAttribute('aria-current', isSelected);
    }
  };
  mend();
  const observer = new MutationObserver(mend);
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ['aria-selected'] });
  return () => observer.disconnect();
}
