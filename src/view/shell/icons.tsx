import type { ReactNode } from "react";

/** Line drawings of one weight, 20 units square, drawn like the rest of the page. */
function drawing(children: ReactNode, weight = 1.6) {
  return function Icon({ size = 18 }: { readonly size?: number }) {
    return (
      <svg
        viewBox="0 0 20 20"
        width={size}
        height={size}
        fill="none"
        stroke="currentColor"
        strokeWidth={weight}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {children}
      </svg>
    );
  };
}

export const PlayIcon = drawing(<path d="M7 4.5v11l8.500-5.500z" fill="currentColor" />);
export const PauseIcon = drawing(<path d="M7 5v10M13 5v10" />, 2.6);
export const PreviousIcon = drawing(<path d="M15 5v10l-7-5zM5 5v10" />, 1.8);
export const NextIcon = drawing(<path d="M5 5v10l7-5zM15 5v10" />, 1.8);
export const StepIcon = drawing(
  <>
    <path d="M4 10h8M9 6.500l3.500 3.500L9 13.500" />
    <circle cx="16" cy="10" r="1.200" fill="currentColor" stroke="none" />
  </>,
);
export const MarkIcon = drawing(<path d="M6 17V3.500h8.500L12 7l2.500 3.500H6" />);
export const ReturnIcon = drawing(<path d="M7.500 5 4 8.500 7.500 12M4 8.500h7.500a4 4 0 0 1 0 8H8" />);
export const ReplayIcon = drawing(<path d="M4 4v4h4M4.500 8A6.500 6.500 0 1 1 3.700 12" />);
export const DirectorIcon = drawing(<path d="M2 12h3l2-5 3 8 2.500-5 1 2H18" />);
export const ThemeIcon = drawing(
  <>
    <circle cx="10" cy="10" r="6" />
    <path d="M10 4a6 6 0 0 1 0 12z" fill="currentColor" />
  </>,
);
export const CloseIcon = drawing(<path d="m5 5 10 10M15 5 5 15" />);
export const HelpIcon = drawing(<path d="M7.500 7.500a2.500 2.500 0 1 1 3.500 2.300c-.700.300-1 .800-1 1.600v.600M10 15.200v.100" />);
export const UndoIcon = drawing(<path d="M7.500 4 4 7.500 7.500 11M4 7.500h7.500a4.500 4.500 0 0 1 0 9H7" />);
export const RedoIcon = drawing(<path d="M12.500 4 16 7.500 12.500 11M16 7.500H8.500a4.500 4.500 0 0 0 0 9H13" />);
export const SearchIcon = drawing(<path d="M8.500 3.500a5 5 0 1 1 0 10 5 5 0 0 1 0-10M12.300 12.300 16.500 16.500" />);
export const TrashIcon = drawing(<path d="M4 6h12M8 6V4h4v2M5.500 6l.700 10h7.600l.700-10" />);
