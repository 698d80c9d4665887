import { Card } from "../../view/kit/card.tsx";
import { icon } from "../../view/kit/icon.tsx";

function WebApplication({ id }: { readonly id: string }) {
  return <Card id={id} />;
}

export default {
  node: WebApplication,
  icon: icon(
    <>
      <path d="M5 2.500h7l3.500 3.500v11.500h-10.500z" />
      <path d="M11.500 2.500v4h4M7.500 11h5M7.500 14h5" />
    </>,
  ),
};
