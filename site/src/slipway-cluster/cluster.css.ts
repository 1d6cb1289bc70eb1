import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    min-width: 0;
  }
  header {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 8px 14px;
  }
  .rest {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: 12px;
    color: var(--slipway-ink-soft);
  }
  .rest::before {
    content: '';
    width: 8px;
    height: 8px;
    border-radius: 50%;
    border: 2px solid var(--slipway-idle);
  }
  .rest.working::before {
    border-color: var(--slipway-busy);
    background: var(--slipway-busy);
    animation: breathe 1.2s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.35;
    }
  }
  .views {
    display: inline-flex;
    margin-left: auto;
    padding: 2px;
    border-radius: 9px;
    background: var(--slipway-idle-soft);
  }
  .views button {
    min-height: 28px;
    padding: 2px 12px;
    border: 0;
    border-radius: 7px;
    background: none;
    font-size: 12.5px;
    color: var(--slipway-ink);
    cursor: pointer;
  }
  .views button[aria-pressed='true'] {
    background: var(--slipway-surface);
    box-shadow: var(--slipway-shadow);
    font-weight: 600;
  }
  .stage {
    flex: 1 1 auto;
    min-height: 0;
    overflow: auto;
    padding: 2px 14px 10px;
  }
  svg.picture {
    display: block;
    width: 100%;
    overflow: visible;
    font-family: var(--slipway-font);
  }

  .box {
    fill: var(--slipway-surface);
    stroke: var(--slipway-line);
  }
  .pending .box {
    fill: none;
    stroke: var(--slipway-line-strong);
    stroke-dasharray: 5 5;
    stroke-opacity: 0.6;
  }
  .stripe {
    fill: var(--tone);
  }
  text {
    fill: var(--slipway-ink);
    font-size: 12px;
  }
  .name {
    font-family: var(--slipway-mono);
    font-size: 12.5px;
  }
  .head .name {
    font-weight: 650;
    font-size: 13.5px;
  }
  .soft {
    fill: var(--slipway-ink-soft);
    font-size: 11.5px;
  }
  .state {
    fill: var(--tone);
    font-size: 11.5px;
    font-weight: 600;
  }
  .track {
    fill: var(--slipway-idle-soft);
  }
  .fill {
    fill: var(--slipway-accent);
    transition: width 300ms ease-out;
  }
  .tone-ok {
    --tone: var(--slipway-ok);
    --tone-soft: var(--slipway-ok-soft);
  }
  .tone-busy {
    --tone: var(--slipway-busy);
    --tone-soft: var(--slipway-busy-soft);
  }
  .tone-warn {
    --tone: var(--slipway-warn);
    --tone-soft: var(--slipway-warn-soft);
  }
  .tone-bad {
    --tone: var(--slipway-bad);
    --tone-soft: var(--slipway-bad-soft);
  }
  .tone-idle {
    --tone: var(--slipway-idle);
    --tone-soft: var(--slipway-idle-soft);
  }

  .pod {
    cursor: pointer;
  }
  .pod .plate {
    fill: var(--tone-soft);
    stroke: transparent;
    stroke-width: 1.5;
    transition: fill 250ms;
  }
  .pod:hover .plate {
    stroke: var(--tone);
  }
  .pod[aria-selected='true'] .plate {
    stroke: var(--tone);
    stroke-width: 2;
  }
  .pod .shape {
    fill: var(--tone);
    transition: fill 250ms;
  }
  .pod.tone-busy .shape {
    fill: none;
    stroke: var(--tone);
    stroke-width: 2.6;
  }
  /* Hundreds of colours that fade at once would be drawn anew in every frame. */
  .crowd * {
    transition: none;
  }
  .band {
    fill: none;
    stroke-width: 3.4;
  }
  .band-0 {
    stroke: var(--slipway-hue-0);
  }
  .band-1 {
    stroke: var(--slipway-hue-1);
    stroke-dasharray: 4 3;
  }
  .band-2 {
    stroke: var(--slipway-hue-2);
    stroke-dasharray: 1.5 2.5;
  }
  .band-3 {
    stroke: var(--slipway-hue-3);
    stroke-dasharray: 9 3;
  }
  .band-4 {
    stroke: var(--slipway-hue-4);
    stroke-dasharray: 2 2 6 2;
  }
  .band-5 {
    stroke: var(--slipway-hue-5);
    stroke-dasharray: 5 2 1 2;
  }
  .service {
    cursor: pointer;
  }
  .service .plate {
    fill: var(--tone-soft);
    stroke: var(--tone);
    stroke-width: 1.2;
  }
  .service[aria-selected='true'] .plate {
    stroke-width: 2.4;
  }
  .flows {
    pointer-events: none;
  }
  .way,
  .dots {
    fill: none;
    stroke: var(--tone);
  }
  .way {
    stroke-width: 1.2;
    opacity: 0.35;
  }
  .dots {
    stroke-width: 5;
    stroke-linecap: round;
    stroke-dasharray: 0 30;
    animation: travel 0.9s linear infinite;
  }
  .dots.some {
    stroke-dasharray: 0 15;
  }
  .dots.many {
    stroke-dasharray: 0 7.5;
  }
  .dots.tone-bad,
  .dots.tone-warn {
    stroke-linecap: square;
  }
  @keyframes travel {
    to {
      stroke-dashoffset: -30;
    }
  }
  .pip {
    fill: var(--tone);
    opacity: 0.25;
    transition: opacity 250ms;
  }
  .pip.done {
    opacity: 1;
  }
  .ring {
    fill: none;
    stroke: none;
    stroke-width: 2.5;
    pointer-events: none;
  }
  g:focus-visible {
    outline: none;
  }
  g.dot[data-marked] > .plate,
  g.dot:focus-visible > .plate {
    stroke: var(--slipway-focus);
    stroke-width: 2.5;
  }
  g[data-marked] > .ring,
  g:focus-visible > .ring {
    stroke: var(--slipway-focus);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
  }
  caption {
    padding: 6px 0;
    text-align: left;
    font-weight: 650;
  }
  th,
  td {
    padding: 6px 12px 6px 0;
    border-bottom: 1px solid var(--slipway-line);
    text-align: left;
    vertical-align: top;
  }
  th {
    font-size: 12px;
    font-weight: 600;
    color: var(--slipway-ink-soft);
  }
  td.mono {
    font-family: var(--slipway-mono);
    font-size: 12.5px;
  }
  td .mark {
    vertical-align: -2px;
    margin-right: 6px;
    fill: var(--tone);
  }

  .details {
    flex: none;
    padding: 8px 14px 10px;
    border-top: 1px solid var(--slipway-line);
    background: var(--slipway-raised);
    font-size: 13px;
  }
  .details p {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin: 0 0 6px;
  }
  .details .who {
    font-family: var(--slipway-mono);
    font-weight: 650;
  }
  .details .hint {
    margin: 0;
    color: var(--slipway-ink-soft);
  }
  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 0;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .steps li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--slipway-ink-soft);
  }
  .steps li:not(:last-child)::after {
    content: '';
    width: clamp(8px, 2vw, 26px);
    height: 2px;
    margin: 0 8px 0 2px;
    background: var(--slipway-line);
  }
  .steps li.done {
    color: var(--slipway-ok);
    font-weight: 600;
  }
  .steps li.done:not(:last-child)::after {
    background: var(--slipway-ok);
  }
  .steps i {
    display: inline-grid;
    place-items: center;
    width: 18px;
    height: 18px;
    border: 1.5px solid var(--slipway-line-strong);
    border-radius: 50%;
  }
  .steps .done i {
    border-color: var(--slipway-ok);
    background: var(--slipway-ok);
    color: var(--slipway-surface);
  }
  .steps .done svg {
    width: 12px;
    height: 12px;
  }
  /* On a low screen the picture needs the room more than the steps, which can be scrolled to. */
  @media (min-width: 900px) and (max-height: 640px) {
    .details {
      max-height: 40px;
      overflow: auto;
    }
  }
`;
