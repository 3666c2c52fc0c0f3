import { useState } from 'react';
import { Scroll } from './scroll.tsx';

/** A text to be taken elsewhere. */
export function Copyable({ title, text }: { readonly title: string; readonly text: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    setSaid((await copied(text)) ? 'Copied' : 'Select the text to copy it');
    setTimeout(() => setSaid(''), 2500);
  };
  return (
    <div className="copyable">
      <div className="copyable-head">
        <h3>{title}</h3>
        <span role="status" className="hint">
          {said}
        </span>
        <button type="button" onClick={() => void copy()}>
          Copy<span className="unseen"> {title}</span>
        </button>
      </div>
      <Scroll label={title}>
        <pre>{text}</pre>
      </Scroll>
    </div>
  );
}

/** Browsers have a clipboard for pages over HTTPS and on the same machine only; elsewhere there is the older way. */
async function copied(text: string): Promise<boolean> {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  return isDone;
}
