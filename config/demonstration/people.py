"""Made-up people and corporations with readings, as an application form brings them."""

from random import Random

SURNAMES = dict(
    zip(
        "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 清水 山崎 森 池田 橋本 阿部 石川 "
        "前田 藤田 小川 後藤 岡田 長谷川 村上 近藤 石井 斎藤 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 岡本 松田 中島 原田 小野 竹内 金子".split(),
        "サトウ スズキ タカハシ タナカ イトウ ワタナベ ヤマモト ナカムラ コバヤシ カトウ ヨシダ ヤマダ ササキ ヤマグチ マツモト イノウエ キムラ ハヤシ シミズ ヤマザキ "
        "モリ イケダ ハシモト アベ イシカワ マエダ フジタ オガワ ゴトウ オカダ ハセガワ ムラカミ コンドウ イシイ サイトウ サカモト エンドウ アオキ フジイ ニシムラ フクダ "
        "オオタ ミウラ オカモト マツダ ナカジマ ハラダ オノ タケウチ カネコ".split(),
        strict=True,
    )
)
GIVEN_NAMES = dict(
    zip(
        "翔太 大輔 健一 直樹 拓也 誠 浩二 和也 悠斗 蓮 陽子 美咲 由美子 恵子 さくら 結衣 真由美 智子 葵 陽菜 隆 修 正和 千尋 薫".split(),
        "ショウタ ダイスケ ケンイチ ナオキ タクヤ マコト コウジ カズヤ ユウト レン ヨウコ ミサキ ユミコ ケイコ サクラ ユイ マユミ トモコ アオイ ヒナ タカシ オサム "
        "マサカズ チヒロ カオル".split(),
        strict=True,
    )
)
FIRM_NAMES = dict(
    zip(
        "青葉 若松 東海 富士見 みなと 白樺 北斗 大空 千歳 光陽 三和 朝日丘 緑川 翠 駿河 桜井 瑞穂 鶴亀".split(),
        "アオバ ワカマツ トウカイ フジミ ミナト シラカバ ホクト オオゾラ チトセ コウヨウ サンワ アサヒガオカ ミドリカワ ミドリ スルガ サクライ ミズホ ツルカメ".split(),
        strict=True,
    )
)
TRADES = dict(
    zip(
        "製作所 運輸 不動産 設計事務所 印刷 食品 電機 商事 薬局 会計事務所 システムズ 工務店 造園 物流 歯科機材".split(),
        "セイサクショ ウンユ フドウサン セッケイジムショ インサツ ショクヒン デンキ ショウジ ヤッキョク カイケイジムショ システムズ コウムテン ゾウエン ブツリュウ "
        "シカキザイ".split(),
        strict=True,
    )
)


def person(rng: Random) -> dict[str, str]:
    """Name and reading of a person."""
    surname, given = rng.choice(list(SURNAMES)), rng.choice(list(GIVEN_NAMES))
    return {"name": f"{surname} {given}", "name_kana": f"{SURNAMES[surname]} {GIVEN_NAMES[given]}"}


def corporation(rng: Random) -> dict[str, str]:
    """Name, reading, corporate number (with its check digit) and contact person of a corporation."""
    firm, trade = rng.choice(list(FIRM_NAMES)), rng.choice(list(TRADES))
    return {
        "name": f"株式会社{firm}{trade}",
        "name_kana": f"カブシキガイシャ{FIRM_NAMES[firm]}{TRADES[trade]}",
        "corporate_number": corporate_number(rng),
        "contact_person": person(rng)["name"],
    }


def corporate_number(rng: Random) -> str:
    """Thirteen digits whose first is the check digit of the others (法人番号省令2)."""
    digits = [rng.randint(0, 9) for _ in range(12)]
    total = sum(digit * (1 if n % 2 else 2) for n, digit in enumerate(reversed(digits), start=1))
    return f"{9 - total % 9}{''.join(map(str, digits))}"


def phone(rng: Random) -> str:
    """A telephone number of a range that is not given out."""
    return f"03-0{rng.randint(100, 999)}-{rng.randint(0, 9999):04d}"
