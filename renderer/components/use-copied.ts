import { useCallback, useEffect, useState } from 'react';

const SHOWN_MS = 1_600;

/** Whether something was copied a moment ago, and how to copy a text. What the browser refuses was not copied. */
export function useCopied(): readonly [copied: boolean, copy: (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = useCallback((text: string): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }, []);
  return [copied, copy];
}
