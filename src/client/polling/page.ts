/** What polling has to know of the page that it is for. */
export interface Page {
  isHidden(): boolean;
  /** Calls the listener when the page is shown or hidden, or the network is back. @returns what ends that. */
  onChange(listener: () => void): () => void;
}

interface Target {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}
/** The parts of a browser that are needed here, for compilers that do not know browsers. */
declare const document: (Target & { readonly hidden: boolean }) | undefined;
declare const window: Target | undefined;

/** The page of the browser that this runs in; elsewhere one that is always shown. */
export function currentPage(): Page {
  return {
    isHidden: () => (typeof document === 'undefined' ? false : document.hidden),
    onChange(listener) {
      if (typeof document === 'undefined' || typeof window === 'undefined') return () => {};
      const [page, browser] = [document, window];
      page.addEventListener('visibilitychange', listener);
      browser.addEventListener('online', listener);
      return () => {
        page.removeEventListener('visibilitychange', listener);
        browser.removeEventListener('online', listener);
      };
    },
  };
}
