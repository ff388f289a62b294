import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './Icon';
import type { IconName } from './icons';

export interface MenuItem {
  readonly label: string;
  /** The key that does the same, as a reader would press it. */
  readonly shortcut?: string;
  /** Present where the item is a switch: whether it is on. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** A line above the item sets it apart from the one before. */
  readonly apart?: boolean;
  readonly run: () => void;
}

export interface MenuButtonProps {
  readonly icon: IconName;
  /** Name for assistive technology, and the tooltip. */
  readonly label: string;
  /** What the menu offers at the moment it is opened. */
  readonly items: () => readonly MenuItem[];
  /** Whether what the menu is about is on at the moment. */
  readonly active?: boolean;
}

/** A button that opens a menu (the menu button pattern of the WAI-ARIA Authoring Practices). */
export function MenuButton({ icon, label, items, active = false }: MenuButtonProps): VNode {
  const [shown, setShown] = useState<readonly MenuItem[] | undefined>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  const close = (refocus: boolean) => {
    setShown(undefined);
    if (refocus) button.current?.focus();
  };
  return (
    <div class="menu-button">
      <button
        type="button"
        ref={button}
        class={`icon-button menu-opener ${active ? 'active' : ''}`}
        title={label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={shown !== undefined}
        onClick={() => setShown(shown ? undefined : items())}
        onKeyDown={event => {
          if (event.key !== 'ArrowDown' || shown) return;
          event.preventDefault();
          event.stopPropagation();
          setShown(items());
        }}
      >
        <Icon name={icon} />
        <Icon name="chevronDown" class="menu-arrow" />
      </button>
      {shown ? <Menu label={label} items={shown} close={close} /> : null}
    </div>
  );
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly close: (refocus: boolean) => void;
}

function Menu({ label, items, close }: MenuProps): VNode {
  const menu = useRef<HTMLDivElement>(null);
  const [shift, setShift] = useState(0);
  const buttons = () => [...(menu.current?.querySelectorAll('button') ?? [])];
  useLayoutEffect(() => {
    const box = menu.current?.getBoundingClientRect();
    const edge = document.documentElement.clientWidth - 4;
    if (box) setShift(box.right > edge ? Math.max(edge - box.right, 4 - box.left) : 0);
    buttons()[0]?.focus();
  }, []);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      const inside = event.target instanceof Node && menu.current?.parentElement?.contains(event.target);
      if (inside !== true) close(false);
    };
    window.addEventListener('pointerdown', outside, true);
    return () => window.removeEventListener('pointerdown', outside, true);
  }, []);
  const move = (event: KeyboardEvent) => {
    const all = buttons();
    const at = all.findIndex(button => button === document.activeElement);
    const places: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    event.stopPropagation();
    if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') close(false);
    else if (places[event.key] !== undefined) all[places[event.key] ?? 0]?.focus();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label={label}
      style={{ transform: `translateX(${shift}px)` }}
      onKeyDown={move}
    >
      {items.map(item => (
        <button
          key={item.label}
          type="button"
          tabIndex={-1}
          class={item.apart === true ? 'menu-item apart' : 'menu-item'}
          role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
          aria-disabled={item.disabled === true}
          {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
          {...(item.shortcut === undefined ? {} : { 'aria-keyshortcuts': item.shortcut })}
          onClick={() => {
            if (item.disabled === true) return;
            close(true);
            item.run();
          }}
        >
          <span class="menu-check" aria-hidden="true">
            {item.checked === true ? <Icon name="check" /> : null}
          </span>
          <span class="menu-label">{item.label}</span>
          {item.shortcut === undefined ? null : (
            <span class="menu-shortcut" aria-hidden="true">
              {item.shortcut}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
