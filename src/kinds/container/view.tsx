import { Card } from "../../view/kit/card.tsx";
import { icon } from "../../view/kit/icon.tsx";

function Container({ id }: { readonly id: string }) {
  return <Card id={id} />;
}

export default {
  node: Container,
  icon: icon(
    <>
      <rect x="3" y="5.500" width="14" height="9" rx="2.500" />
      <path d="M7 5.500v9M10 5.500v9M13 5.500v9" />
    </>,
  ),
};
