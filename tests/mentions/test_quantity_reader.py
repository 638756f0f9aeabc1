from __future__ import annotations

import pytest

from tests.mentions.quantity_lines import check_line


@pytest.mark.parametrize(
    "line",
    [
        "đạt từ <q low=15 high=20 unit=%>15- 20%</q>",
        "từ <q low=85 high=90 unit=%>85% đến 90%</q>",
        "tăng <q low=8 high=8.5 unit=%>8-8,5%</q>",
        "lập từ <q low=5 high=7 unit='tổ chức'>5 đến 7 tổ chức</q>",
        "thêm <q low=10000 high=13000 unit='đoàn viên'>10.000- 13.000 đoàn viên</q>",
        "giá <q low=300000000 high=500000000 unit=VND>300 đến 500 triệu đồng</q>",
        "phạt <q low=500000 high=50000000 unit=VND>500.000 đến 50 triệu đồng</q>",
        "từ <q low=500000000 high=1000000000 unit=VND>500 - 1 tỷ đồng</q>",
        "vay <q low=500000000 high=1000000000 unit=VND>500 triệu đến 1 tỷ đồng</q>",
        "<q low=4200000 high=4300000 unit=VND/lượng>4,2 - 4,3 triệu đồng/lượng</q>",
        "xây <q low=2 high=3 unit='nhà máy'>2 hoặc 3 nhà máy</q>",
        "từ <q low=2000000000000 high=3000000000000 unit=VND>2 nghìn đến 3 nghìn tỷ đồng</q>",
        "lỗ từ <q low=3000000000 high=5000000000 unit=VND>3 - 5 tỷ</q>",
        "từ <q low=2 high=4 unit=người>hai đến bốn người</q>",
        "từ <q low=40 unit=%>40%</q> lên <q low=60 unit=%>60%</q>",
    ],
)
def test_ranges(line: str) -> None:
    check_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "<q low=10 high=20 unit=USD>$10-$20</q>",
        "từ <q low=10 high=20 unit=USD>$10 đến $20</q>",
        "<q low=10 unit=USD>$10</q> và <q low=20 unit=EUR>€20</q>",
        "không đến <q low=5 unit=% bound='<'>5 %</q>",
        "từ <q low=0 high=5 unit=°C>không đến năm độ C</q>",
        "<q low=2 high=3 unit=ngày>hai ba ngày</q>",
        "<q low=5 high=7 unit=người>năm bảy người</q>",
        "<q low=2000000 high=3000000 unit=VND>hai ba triệu đồng</q>",
        "<q low=700000 high=800000 unit=''>bảy tám trăm nghìn</q>",
        "<q low=34 unit=người>ba tư người</q>",
        "<q low=15 high=20 unit=phút>mười lăm hai mươi phút</q>",
        "<q low=1 high=10 unit=''>1 - 10</q>",
        "từ <q low=-10 high=10 unit=''>-10 đến 10</q>",
    ],
)
def test_ranges_alone(line: str) -> None:
    check_line(line, bare=True)


@pytest.mark.parametrize(
    "line",
    [
        "tăng <q low=5.2 unit=%>5,2%</q>, <q low=6.1 unit=%>6,1%</q> và <q low=7 unit=%>7%</q>",
        "góp <q low=10000000000 unit=VND>10</q>, <q low=12000000000 unit=VND>12</q> và"
        " <q low=15000000000 unit=VND>15 tỷ đồng</q>",
        "lần lượt đạt <q low=3 unit=ha>3</q> và <q low=4 unit=ha>4 ha</q>",
        "điều 2, 3 và 4 luật này",
        "ngày 5, 6 và 7 tháng 8",
    ],
)
def test_lists_share_the_last_unit(line: str) -> None:
    check_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "<q low=1.7 unit=m>1 m 70 cm</q>",
        "cao <q low=1.7 unit=m>một mét bảy mươi</q>",
        "<q low=3.2 unit=km>3 km 200 m</q>",
        "<q low=2.5 unit=tấn>2 tấn rưỡi</q>",
        "<q low=1.3 unit=tấn>1 tấn 3 tạ</q>",
        "<q low=5 unit=ha>5 ha</q> <q low=3 unit=km>3 km</q>",
    ],
)
def test_parts_of_one_measure_add_up(line: str) -> None:
    check_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "<q low=2.4 unit=m>hai mét tư</q>",
        "<q low=1.7 unit=m>1 mét 70</q>",
        "<q low=3.2 unit=kg>ba cân hai</q>",
        "<q low=37.5 unit=độ>37 độ 5</q>",
        "<q low=10.5 unit=USD>10 đô la và 50 xu</q>",
        "<q low=5.5 unit=giờ>5 giờ và 30 phút</q>",
        "<q low=2.2583 unit=giờ>2 giờ 15 phút 30 giây</q>",
        "<q low=5.2 unit=EUR>5 euro 20 cent</q>",
        "<q low=1.5 unit=năm>một năm sáu tháng</q>",
        "<q low=10 unit=USD>10 đô la</q> và <q low=50 unit=kg>50 kg</q>",
        "<q low=2 unit=ngày>hai ngày</q> <q low=3 unit=đêm>ba đêm</q>",
    ],
)
def test_parts_of_one_measure_alone(line: str) -> None:
    check_line(line, bare=True)
